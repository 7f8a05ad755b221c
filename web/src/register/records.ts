// Registers as their files have them, as far as the pages show them.
import { address, get, part, request } from '../api/client'
import type { Bbox, Finding, Geometry, Text, ZoneSummary } from '../api/types'
import { here } from '../api/here'
import { Problem } from '../api/problem'
import type { Fill, Quantity } from './types'

export interface Citation {
  document: string
  quote?: string
}

export interface AreaStatement {
  as_of: string
  total_ha?: Quantity
  industrial_ha?: Quantity
  leased_ha?: Quantity
  source: Citation
}

export interface FillStatement {
  as_of: string
  stated_percent: Quantity
  formula?: string
  source: Citation
}

export interface ZoneRecord {
  id: string
  name: string
  kind: string
  aliases?: string[]
  parent?: string
  province?: string
  state?: { state: string; as_of: string; decided?: string; body?: string; decision?: string; source: Citation }[]
  listing?: { list: string; source: Citation }[]
  mention?: Citation[]
  area?: AreaStatement[]
  fill?: FillStatement[]
}

export interface ProjectRecord {
  id: string
  name: string
  zone?: string
  status: string
  as_of: string
  reason?: string
  sector?: string
  capital_vnd?: Quantity
  land_ha?: Quantity
  deadline?: string
  source: Citation
}

export interface Document {
  register?: string
  id: string
  kind: string
  title: string
  number: string | null
  body: string | null
  file: string | null
  as_of: string | null
  decided: string | null
  published: string | null
  remark: string | null
}

export interface Aggregate {
  id: string
  title: Text
  of: 'zones' | 'projects' | 'works'
  kind?: string
  province?: string
  state?: string
  as_of: string
  count?: Quantity
  capital_vnd?: Quantity
  area?: AreaStatement
  fill?: FillStatement
  part?: { label: string; count?: Quantity; total_ha?: Quantity; capital_vnd?: Quantity }[]
  source: Citation
}

export interface Indicator {
  id: string
  name: Text
  province?: string
  year: string
  unit: string
  actual?: Quantity
  target?: Quantity
  source: Citation
}

export interface Register {
  id: string
  title: Text
  document?: Document[]
  list?: { id: string; level: string; title: Text; province?: string; period?: unknown; source: Citation }[]
  zone?: ZoneRecord[]
  aggregate?: Aggregate[]
  project?: ProjectRecord[]
  indicator?: Indicator[]
  region?: { id: string; name: Text; province: string; as_of: string; unit?: { name: string }[]; source: Citation }[]
}

export interface RegisterFacts {
  id: string
  title: Text
  zones: number
  totals: number
  projects: number
  indicators: number
  documents: number
}

export interface ZoneDetail {
  zone: { register: string; id: string; feature: { collection: string; id: string } | null; name: string; kind: string; province: string | null; state: string | null; fill: Fill }
  record: ZoneRecord
  documents: Document[]
  projects: ProjectRecord[]
  children: string[]
  findings: Finding[]
}

export interface ZoneVersion {
  revision: number
  at: string
  source: string | null
  record: ZoneRecord | null
}

export interface FeatureVersion {
  revision: number
  at: string
  action: 'imported' | 'edited'
  reason: string | null
  source: string | null
  area_m2: number | null
  difference_m2: number | null
  moved: boolean
  properties: string[]
  geometry: Geometry | null
}

export interface FeatureHistory {
  feature: string
  crs: string
  versions: FeatureVersion[]
}

export interface Figures {
  zone: string
  industrial_ha?: number
  leased_ha?: number
  stated_percent?: number
}

export const projectStates = ['proposed', 'selecting_investor', 'approved', 'registered', 'under_construction', 'operating', 'monitored', 'suspended', 'revoked'] as const
export type ProjectState = (typeof projectStates)[number]

export interface ProjectFigures {
  id?: string
  name: string
  zone: string
  status: string
  land_ha?: number
  capital_vnd?: number
}

/** What asks for the report on clusters, and how it is laid out. */
export interface ReportForms {
  number: string
  title: Text
  in_force: string
  amended_by: string
  consolidated: string
  source: string
  forms_seen: boolean
  kinds: string[]
  periods: { title: Text; from: string; to: string; deadline: string }[]
  tolerance_points: number | null
}

export interface FiguresEntry {
  as_of: string
  document: string
  document_title?: string
  reason: string
  zones: Figures[]
  projects?: ProjectFigures[]
}

export const registers = {
  all: () => get<{ registers: RegisterFacts[] }>('/registers'),
  one: (id: string) => get<Register>(`/registers/${part(id)}`),
  zone: (register: string, id: string) => get<ZoneDetail>(address(`/register/zones/${part(id)}`, { register })),
  versions: (register: string, id: string) =>
    get<{ versions: ZoneVersion[] }>(`/registers/${part(register)}/zones/${part(id)}/versions`),
  summary: (id: string) => get<ZoneSummary & { bbox: Bbox | null }>(`/zones/${part(id)}/summary`),
  forms: (date: string) => get<ReportForms>(address('/report-forms', { date })),
  clusters: (id: string, date: string, lang: string) => here(address(`/registers/${part(id)}/clusters.xlsx`, { date, lang })),
  /** A register with the tag that says which version it is. */
  async read(id: string): Promise<{ register: Register; tag: string }> {
    const response = await fetch(here(`/registers/${part(id)}`), { headers: { accept: 'application/json' } })
    if (!response.ok) throw await Problem.fromResponse(response)
    return { register: (await response.json()) as Register, tag: response.headers.get('etag') ?? '' }
  },
  enter: (id: string, tag: string, entry: FiguresEntry) =>
    request<{ revision: number; changed: number; unchanged: number; projects: number }>(`/registers/${part(id)}/figures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-match': tag },
      body: JSON.stringify(entry),
    }),
}
