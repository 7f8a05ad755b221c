import type { Collection, NamedCode, Text } from '../api/types'

export type GroupId = 'check' | 'zones' | 'plan' | 'admin' | 'land_use' | 'constraint'

/** One line of the layer list: a collection, or one kind of zone in it. */
export interface Row {
  /** `COLLECTION` or `COLLECTION.KIND`; also the name used in links. */
  key: string
  collection: string
  kind: string | null
  title: Text | null
  count: number
  sign: 'findings' | 'slivers' | 'zone' | 'land' | 'admin'
}

export interface Group {
  id: GroupId
  rows: Row[]
}

const order: GroupId[] = ['check', 'zones', 'plan', 'admin', 'land_use', 'constraint']

export const groupOfRole = {
  finding: 'check',
  sliver: 'check',
  zone: 'zones',
  land_use_plan: 'plan',
  admin: 'admin',
  land_use: 'land_use',
  constraint: 'constraint',
} as const satisfies Record<Collection['ranh']['role'], GroupId>

/** The layer list: groups in the order of the screen, empty ones left out. */
export function groups(
  collections: readonly Collection[],
  kinds: readonly NamedCode[],
  zoneCounts: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Group[] {
  const rows = new Map<GroupId, Row[]>(order.map((id) => [id, []]))
  for (const collection of collections.toSorted(plansByAge)) {
    const list = rows.get(groupOfRole[collection.ranh.role])
    list?.push(...rowsOf(collection, kinds, zoneCounts.get(collection.id)))
  }
  return order.map((id) => ({ id, rows: rows.get(id) ?? [] })).filter((group) => group.rows.length > 0)
}

function rowsOf(
  collection: Collection,
  kinds: readonly NamedCode[],
  counts: ReadonlyMap<string, number> | undefined,
): Row[] {
  const { role, title, count } = collection.ranh
  const whole: Row = { key: collection.id, collection: collection.id, kind: null, title, count, sign: 'land' }
  if (role === 'finding') return [{ ...whole, title: null, sign: 'findings' }]
  if (role === 'sliver') return [{ ...whole, title: null, sign: 'slivers' }]
  if (role === 'admin' || role === 'constraint') return [{ ...whole, sign: 'admin' }]
  if (role !== 'zone') return [whole]
  if (!counts || counts.size === 0) return [{ ...whole, sign: 'zone' }]
  return kinds
    .filter((kind) => counts.has(kind.code))
    .map((kind) => ({
      key: `${collection.id}.${kind.code}`,
      collection: collection.id,
      kind: kind.code,
      title: kind.name,
      count: counts.get(kind.code) ?? 0,
      sign: 'zone' as const,
    }))
}

/** How a kind's outline is drawn: economic zones as a band, the rest by dashes. */
export function lineOf(kind: string | null): 'kcn' | 'ccn' | 'kcx' | 'kkt' {
  if (kind?.startsWith('KKT')) return 'kkt'
  if (kind?.startsWith('CCN')) return 'ccn'
  return kind === 'KCX' ? 'kcx' : 'kcn'
}

/** The plan in force first, then by day of approval. */
export function newestFirst(a: Collection, b: Collection): number {
  return (
    Number(b.ranh.in_force ?? false) - Number(a.ranh.in_force ?? false) ||
    (b.ranh.approved_on ?? '').localeCompare(a.ranh.approved_on ?? '')
  )
}

/** Roles together, plans among themselves by age, the rest as the server has them. */
function plansByAge(a: Collection, b: Collection): number {
  const role = order.indexOf(groupOfRole[a.ranh.role]) - order.indexOf(groupOfRole[b.ranh.role])
  return role || (a.ranh.role === 'land_use_plan' ? newestFirst(a, b) : 0)
}
