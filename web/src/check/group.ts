import type { Finding, Severity } from '../api/types'

export type GroupBy = 'zone' | 'rule' | 'commune'

/** One part of the list under a common head. */
export interface FindingGroup {
  key: string
  /** Null where the findings have no zone (or commune) to go by. */
  name: string | null
  findings: Finding[]
  area_m2: number
  counts: Record<Severity, number>
}

/** Where the names of groups come from. */
export interface Names {
  rule: (id: string) => string
  commune: (finding: Finding) => string | null
}

export type Line = { type: 'group'; group: FindingGroup } | { type: 'finding'; finding: Finding }

const rank: Record<Severity, number> = { B: 0, E: 1, W: 2, I: 3 }

/** Worst first, then largest; the id settles what is left, so order never wavers. */
export function byWeight(a: Finding, b: Finding): number {
  return rank[a.severity] - rank[b.severity] || b.area_m2 - a.area_m2 || (a.id < b.id ? -1 : 1)
}

/** The commune of a finding: the server's word, else the first of a table of communes. */
export function communeOf(finding: Finding): string | null {
  if (finding.commune) return finding.commune.name
  const line = finding.rule.startsWith('ADM') ? finding.table[0] : undefined
  return line ? (line.name ?? line.code) : null
}

/** The key and the name of the group that a finding belongs to. */
function place(finding: Finding, by: GroupBy, names: Names): [key: string, name: string | null] {
  if (by === 'zone') return [finding.zone?.id ?? '', finding.zone?.name ?? null]
  if (by === 'rule') return [finding.rule, names.rule(finding.rule)]
  const commune = names.commune(finding)
  return [commune ?? '', commune]
}

/** Groups by weight: the one with the worst finding first, then the largest area. */
export function groupFindings(
  findings: readonly Finding[],
  by: GroupBy,
  names: Names,
): FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const finding of findings) {
    const [key, name] = place(finding, by, names)
    let group = groups.get(key)
    if (!group) {
      group = { key, name, findings: [], area_m2: 0, counts: { B: 0, E: 0, W: 0, I: 0 } }
      groups.set(key, group)
    }
    group.findings.push(finding)
    if (isConflict(finding)) group.area_m2 += finding.area_m2
    group.counts[finding.severity] += 1
  }
  const list = [...groups.values()]
  for (const group of list) group.findings.sort(byWeight)
  return list.sort((a, b) => {
    const [first, second] = [a.findings[0], b.findings[0]]
    if (!first || !second) return 0
    return rank[first.severity] - rank[second.severity] || b.area_m2 - a.area_m2 || (a.key < b.key ? -1 : 1)
  })
}

// Rules whose area is land that conflicts; the area of the others is a zone's, or a difference.
const overlaps = /^(LUP-|ZON-01|ADM-02)/

/** Whether the finding's area is land in conflict: only this adds up in sums. */
export function isConflict(finding: Finding): boolean {
  return (finding.severity === 'B' || finding.severity === 'E') && overlaps.test(finding.rule)
}

/** The list as it is drawn: heads, and the findings of the groups that are open. */
export function lines(groups: readonly FindingGroup[], closed: ReadonlySet<string>): Line[] {
  return groups.flatMap((group): Line[] => {
    const head: Line = { type: 'group', group }
    if (closed.has(group.key)) return [head]
    return [head, ...group.findings.map((finding): Line => ({ type: 'finding', finding }))]
  })
}
