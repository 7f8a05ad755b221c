import { here, language } from './here'
import { Problem } from './problem'
import { token } from '../token/token.svelte'
import type {
  Bbox,
  Codes,
  Collections,
  Decided,
  Feature,
  FeatureCollection,
  Finding,
  FindingHistory,
  Findings,
  Intake,
  Kinds,
  Lang,
  Legend,
  Picked,
  Province,
  Rules,
  SearchResult,
  StatusInfo,
  ZoneSummary,
} from './types'

type Query = Record<string, string | number | boolean | null | undefined>

/** A path with its query, leaving out what is not given. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text ? `${path}?${text}` : path
}

export function bboxText(bbox: Bbox): string {
  return bbox.map((value) => value.toFixed(7)).join(',')
}

export async function request<T>(path: string, options: RequestInit): Promise<T> {
  let response: Response
  try {
    const said = { accept: 'application/json', 'accept-language': language(), ...options.headers }
    response = await token.permitted((headers) => fetch(here(path), { ...options, headers: { ...said, ...headers } }))
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw Problem.unreachable(error)
  }
  if (!response.ok) throw await Problem.fromResponse(response)
  try {
    return (await response.json()) as T
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new Problem('unreadable', response.status, 'unreadable', String(error), response.headers.get('x-request-id'))
  }
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>(path, signal ? { signal } : {})
export const part = encodeURIComponent

export const api = {
  collections: () => get<Collections>('/collections'),
  codes: () => get<Codes>('/codes'),
  kinds: () => get<Kinds>('/kinds'),
  rules: () => get<Rules>('/rules'),
  intake: () => get<Intake>('/formats'),
  provinces: () => get<{ provinces: Province[] }>('/provinces'),
  style: (lang: Lang) => get<unknown>(address('/style', { lang, links: 'relative' })),

  findings: (offset: number, limit: number) => get<Findings>(address('/findings', { offset, limit })),
  finding: (id: string, signal?: AbortSignal) => get<Finding>(`/findings/${part(id)}`, signal),

  history: (id: string) => get<FindingHistory>(`/findings/${part(id)}/history`),
  decide: (decision: Decided) =>
    request<Findings>('/decisions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(decision),
    }),

  items: (collection: string, query: Query) =>
    get<FeatureCollection>(address(`/collections/${part(collection)}/items`, query)),
  item: (collection: string, id: string, signal?: AbortSignal) =>
    get<Feature>(`/collections/${part(collection)}/items/${part(id)}`, signal),

  /** What the features of a collection can be filtered by. */
  queryables: (collection: string) =>
    get<{ properties: Record<string, { enum?: unknown[] }> }>(`/collections/${part(collection)}/queryables`),

  /** The rows of the table of zones that have to do with an id: those that no check has measured have no area. */
  zoneRows: (id: string, signal?: AbortSignal) =>
    get<{ zones: { id: string; area_ha: number | null }[] }>(address('/zones', { limit: 10_000, q: id }), signal),
  zoneSummary: (id: string, signal?: AbortSignal) => get<ZoneSummary>(`/zones/${part(id)}/summary`, signal),
  pick: (lon: number, lat: number, tolerance_m: number, signal?: AbortSignal) =>
    get<Picked>(address('/pick', { lon, lat, tolerance_m }), signal),
  search: (q: string, signal?: AbortSignal) =>
    get<{ results: SearchResult[] }>(address('/search', { q, limit: 20 }), signal),
  legend: (bbox: Bbox, collection: string, signal?: AbortSignal) =>
    get<Legend>(address('/legend', { bbox: bboxText(bbox), collection }), signal),

  /** Begins a process: a check, or taking in a layer of an upload. */
  start: (process: 'check' | 'import', inputs: object) =>
    request<StatusInfo>(`/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify({ inputs }),
    }),
  job: (id: string) => get<StatusInfo>(`/jobs/${part(id)}`),
  dismiss: (id: string) => request<StatusInfo>(`/jobs/${part(id)}`, { method: 'DELETE' }),
  result: <T>(id: string) => get<T>(`/jobs/${part(id)}/results`),
  giveUp: async (upload: string): Promise<void> => {
    await fetch(here(`/uploads/${part(upload)}`), { method: 'DELETE', headers: token.headers })
  },
}

/** Addresses of downloads, for plain links that the browser saves. */
export const download = {
  findings: (format: 'geojson' | 'csv') => here(`/findings.${format}`),
  collection: (id: string, format: string, crs: string, metadata: boolean, lang: Lang) =>
    here(address(`/export/${part(id)}`, { format, crs, metadata: metadata || null, lang })),
}
