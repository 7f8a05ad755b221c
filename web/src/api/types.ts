// The wire format of Ranh's own API. Areas are square metres or hectares by the
// last part of the name, places are longitude/latitude (WGS 84), times RFC 3339.

export type Lang = 'vi' | 'en'
export type Text = Record<Lang, string>
export type Bbox = [west: number, south: number, east: number, north: number]
export type Position = [lon: number, lat: number]

export type Role = 'zone' | 'land_use_plan' | 'land_use' | 'admin' | 'constraint' | 'finding' | 'sliver'
export type Severity = 'B' | 'E' | 'W' | 'I'

export interface CollectionFacts {
  role: Role
  title: Text
  generated: boolean
  source: Text | null
  as_of: string | null
  scale: number | null
  count: number
  revision: number
  level?: string | null
  period?: string | null
  approved_on?: string | null
  /** Whether the check judges against this land-use plan. */
  in_force?: boolean
}

export interface Collection {
  id: string
  title: string
  description?: string
  extent?: { spatial?: { bbox: Bbox[] } }
  crs?: string[]
  storageCrs?: string
  ranh: CollectionFacts
}

export interface Collections {
  collections: Collection[]
  ranh: { revision: number; generated: boolean; check: CheckSummary | null }
}

export interface CheckSummary {
  run: string | number
  revision: number
  at: string
  /** True when a collection changed after the run. */
  stale: boolean
  plan: string | null
  pack: string
  zones_total: number
  zones_judged: number
  counts: Record<Severity, number>
  area_ha: number
  /** The same land once, however many rules meet it; null in an old check. */
  area_union_ha?: number | null
  slivers: { count: number; area_ha: number }
  crs: string[]
  guessed_crs: number
  /** Rules that could not be applied, to one zone or (null) to any. */
  skipped: { rule: string; zone?: string | null; reason: Text }[]
}

export interface ZoneRef {
  id: string
  name: string
  kind: string | null
}

export interface OtherRef {
  collection: string
  id: string
  name: string | null
  code: string | null
}

/** A line per land-use code or per commune, by the rule. */
export interface TableLine {
  code: string
  name: string | null
  area_m2: number
}

export interface Finding {
  id: string
  rule: string
  severity: Severity
  title: Text
  message: Text
  zone: ZoneRef | null
  other: OtherRef | null
  codes: string[]
  area_m2: number
  area_ha: number
  area_geodesic_m2: number | null
  mean_width_m: number | null
  share: number | null
  table: TableLine[]
  tolerance: { w_min_m: number | null; a_min_m2: number | null } | null
  parameters: Record<string, unknown>
  /** Null for a finding without a place on the map. */
  bbox: Bbox | null
  point: Position | null
  crs: string
  /** The commune that holds most of it, where the server says so. */
  commune?: { code: string; name: string } | null
  /** What would mend it; null where nothing is proposed. */
  fix?: FindingFix | null
  standing: FindingStanding
  geometry?: Geometry | null
}

export type FindingState = 'new' | 'reviewing' | 'waived' | 'resolved' | 'closed'

/** Where a finding stands. */
export interface FindingStanding {
  state: FindingState
  title: Text
  since: string | null
  /** The event that made it so; 0 where nothing has happened. */
  event: number
  decision: FindingDecision | null
  /** Why what was decided holds no longer. */
  reopened: Text | null
}

export interface FindingDecision {
  document?: string | null
  person?: string | null
  until?: string | null
  reason?: string | null
}

export interface FindingEvent {
  event: number
  at: string
  run: number
  change: string
  state: FindingState
  text: Text
  decision: FindingDecision | null
}

export interface FindingHistory {
  finding: string
  events: FindingEvent[]
}

/** A decision on findings; `seen` is the event that the person knew of. */
export interface Decided extends FindingDecision {
  findings: string[]
  state: FindingState
  seen: number
}

export interface FindingFix {
  action: string
  text: Text
  /** Whose shape it is: the finding's own geometry, one of the fix, or none. */
  shape: 'finding' | 'own' | null
  geometry?: Geometry | null
}

export interface Findings {
  check: CheckSummary | null
  numberMatched: number
  numberReturned: number
  total_area_ha: number
  findings: Finding[]
}

export interface LandUseCode {
  code: string
  name: Text
  group: string
  rgb: string | null
}

export interface Codes {
  source: Text | string
  date: string
  codes: LandUseCode[]
}

export interface NamedCode {
  code: string
  name: Text
}

export interface Kinds {
  kinds: NamedCode[]
  states: NamedCode[]
}

export interface RuleBasis {
  text: Text
  /** Where its wording was seen. */
  source: string
  /** Whether it was compared with the official gazette. */
  verified: boolean
}

export interface Rule {
  id: string
  name: Text
  severity: Severity
  basis: RuleBasis[]
}

export interface Rules {
  pack: { id: string; version: string; valid_from?: string | null }
  rules: Rule[]
}

export interface CodeShare {
  code: string
  area_m2: number
  share: number
  /** Whether the zone's kind allows the code; null where it is not judged. */
  allowed: boolean | null
}

export interface Breakdown {
  by_code: CodeShare[]
  /** Null where there is no such layer to measure against. */
  uncovered_m2: number | null
  multiple_m2: number | null
  residual_m2: number | null
  plan?: string | null
  collection?: string | null
}

export interface ZoneSummary extends Breakdown {
  zone: { id: string; name: string; kind: string; state: string | null } & Record<string, unknown>
  crs: string
  crs_guessed: boolean
  area_m2: number
  area_geodesic_m2: number | null
  declared_area_ha: number | null
  difference_percent: number | null
  by_land_use: Breakdown | null
  by_commune: { code: string; name: string; area_m2: number; share: number }[]
  findings: Finding[]
  bbox: Bbox | null
}

export interface PickedFeature {
  collection: string
  role: Role
  id: string
  area_m2?: number | null
  properties: Record<string, unknown>
  bbox: Bbox | null
}

export interface Picked {
  at: Position
  features: PickedFeature[]
  findings: Finding[]
}

export interface SearchResult {
  collection: string
  role: Role
  id: string
  name: string
  detail: Text | null
  bbox: Bbox | null
}

export interface Legend {
  collection: string
  total_m2: number
  crs?: string
  approximate?: boolean
  codes: { code: string; area_m2: number; count: number }[]
}

export interface Geometry {
  type: string
  coordinates?: unknown
  geometries?: Geometry[]
}

export interface Feature {
  type: 'Feature'
  id?: string | number
  geometry: Geometry | null
  properties: Record<string, unknown> | null
  bbox?: Bbox
}

export interface FeatureCollection {
  type: 'FeatureCollection'
  features: Feature[]
  numberMatched?: number
  numberReturned?: number
}

/** RFC 9457 problem details. */
export interface ProblemDetails {
  type?: string
  title: string
  status: number
  detail?: string
  instance?: string
  request_id?: string
}

/** A format of files, and what can be done with it here. */
export interface FileFormat {
  name: string
  title: Text
  endings: string[]
  read: boolean
  write: boolean
  by_worker: boolean
  /** Whether it is written in longitude and latitude alone. */
  only_wgs84: boolean
  /** Whether it is written on a plane in metres alone. */
  only_metres: boolean
  /** Whether it says of itself where its data come from, and what they are. */
  has_metadata: boolean
}

/** What files the server takes and gives. */
export interface Intake {
  formats: FileFormat[]
  /** Why nothing goes through GDAL's worker. */
  worker_missing: Text | null
  /** Bytes of a file that may be sent; null where none is taken. */
  upload_bytes: number | null
}

/** A province with the VN-2000 zone prescribed for it. */
export interface Province {
  name: string
  name_2025: string
  crs: string
}

export interface UploadLayer {
  name: string | null
  features: number | null
  fields: string[]
  /** Null where it has to be named. */
  crs: string | null
  doubt: Text | null
  encoding: string | null
  collection: string | null
  title: Text | null
  role: string | null
  role_reason: string | null
  /** Of a drawing: its levels and colours, as a table of codes names them. */
  levels: DrawnLevel[]
  preview: UploadPreview
}

/** The first polygons of a layer, in the numbers of its file, x first. */
export interface UploadPreview {
  polygons: Position[][][]
  /** Whether they are all of it. */
  whole: boolean
}

/** Features of a drawing on one level and of one colour. */
export interface DrawnLevel {
  level: string | null
  colour: string | null
  features: number
}

/** A land-use code for a level, a colour, or both. */
export interface LevelCode {
  level?: string
  colour?: string
  code: string
}

export interface UploadSource {
  path: string
  format: string | null
  layers: UploadLayer[]
  /** Why it cannot be imported. */
  problem: Text | null
}

/** A file that was sent, with what is in it. */
export interface Upload {
  id: string
  name: string
  bytes: number
  expires: string
  sources: UploadSource[]
}

export interface ImportResult {
  collection: string
  title: Text
  role: string
  crs: string
  revision: number
  features: number
  skipped: number
  invalid: number
  without_geometry: number
  remarks: Text[]
  notes: Text[]
  notes_total: number
}

/** Where a job stands. */
export interface StatusInfo {
  jobID: string
  status: 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed'
  progress: number
}
