// What editing asks of the server and tells it.
import { here, language } from '../api/here'
import { Problem } from '../api/problem'
import { token } from '../token/token.svelte'
import type { Bbox, CodeShare, Feature, Finding, Geometry, Text, ZoneRef } from '../api/types'
import type { EdgeLine } from './snapping'

export interface Coverage {
  collection: string
  by_code: CodeShare[]
  uncovered_m2: number
  multiple_m2: number
}

/** Land that must be converted, and who decides. */
export interface Conversion {
  rule: string
  title: Text
  codes: { code: string; area_m2: number }[]
  area_ha: number
  authority: Text | null
}

export interface TriedState {
  area_m2: number
  area_ha: number
  by_plan: Coverage | null
  by_land_use: Coverage | null
  by_commune: { code: string; name: string; area_m2: number; share: number }[]
  conversions: Conversion[]
}

/** A zone as the server judges it. */
export interface TriedZone {
  zone: ZoneRef
  crs: string | null
  crs_guessed: boolean
  state: TriedState | null
  area_limit: { max_ha: number; holds: boolean } | null
  least_area: { min_ha: number; mountains_ha: number | null; holds: boolean | null } | null
  fill_limit: { percent: number; min_percent: number; holds: boolean } | null
  wastewater_finished: boolean | null
}

export interface Trial {
  plan: string | null
  pack: string
  zones: TriedZone[]
  conflict_ha: number | null
  slivers: { count: number; area_ha: number }
  findings: Finding[]
  skipped: { rule: string; zone: string | null; reason: Text }[]
}

export interface Redrawn {
  crs: string
  before_m2: number
  after_m2: number
  parts: { geometry: Geometry; area_m2: number; area_ha: number }[]
}

export interface TrialInputs {
  collection: string
  features?: unknown
  crs?: string
  removed?: string[]
  zones?: string[]
}

export interface RedrawInputs {
  operation: 'split' | 'union' | 'difference' | 'intersection'
  collection: string
  geometry: Geometry
  crs: string
  with?: Geometry
  by?: string
  by_features?: string[]
  by_codes?: string[]
}

/** A feature as it was read, with the tag by which a change of it can be told. */
export interface Read {
  feature: Feature
  tag: string | null
}

/** An action of a transaction. */
export type Action = Record<string, unknown> & { action: 'insert' | 'replace' | 'update' | 'delete' }

async function ask(path: string, options: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await token.permitted((headers) => fetch(here(path), { ...options, headers: { accept: 'application/json', 'accept-language': language(), ...options.headers, ...headers } }))
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw Problem.unreachable(error)
  }
  if (!response.ok) throw await Problem.fromResponse(response)
  return response
}

async function execute<T>(process: string, inputs: object, signal: AbortSignal | null): Promise<T> {
  const body = JSON.stringify({ inputs })
  const response = await ask(`/processes/${process}/execution`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal })
  return (await response.json()) as T
}

const itemPath = (collection: string, id: string) => `/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`

/** A feature in a CRS; in that of its collection every number is the one that was imported. */
export async function readItem(collection: string, id: string, crs: string): Promise<Read> {
  const response = await ask(`${itemPath(collection, id)}?${new URLSearchParams({ crs })}`, { cache: 'no-store' })
  return { feature: (await response.json()) as Feature, tag: response.headers.get('etag') }
}

/** Whether the server would take changes of a feature from anybody at all. */
export async function takesChanges(collection: string, id: string): Promise<boolean> {
  const response = await ask(itemPath(collection, id), { method: 'OPTIONS' })
  return (response.headers.get('allow') ?? '').includes('PATCH')
}

export async function readEdges(bbox: Bbox, crs: string, collections: string[], signal: AbortSignal): Promise<{ lines: EdgeLine[]; truncated: boolean }> {
  const query = new URLSearchParams({ bbox: bbox.map((each) => each.toFixed(7)).join(','), crs, collections: collections.join(',') })
  return (await (await ask(`/edges?${query}`, { signal })).json()) as { lines: EdgeLine[]; truncated: boolean }
}

export const judge = (inputs: TrialInputs, signal: AbortSignal): Promise<Trial> => execute('judge-edit', inputs, signal)

export const redraw = (inputs: RedrawInputs): Promise<Redrawn> => execute('edit-geometry', inputs, null)

/** Makes all changes, or none; answers with the revision. */
export async function transact(transaction: Action[], crs: string, reason: string): Promise<number> {
  const response = await ask(`/transactions?${new URLSearchParams({ reason })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-crs': `<${crs}>` },
    body: JSON.stringify({ transaction }),
  })
  return ((await response.json()) as { revision: number }).revision
}
