// The wire format of the zone table and the registers.
import type { Bbox, Severity, Text } from '../api/types'

export interface Quantity {
  value: number
  /** Left out where a register's file has an exact one. */
  qualifier?: 'exactly' | 'more_than' | 'about' | 'nearly' | 'less_than'
}

export interface Fill {
  stated_percent: Quantity | null
  stated_as_of: string | null
  computed_percent: number | null
  numerator_ha: Quantity | null
  denominator_ha: Quantity | null
  formula: string | null
}

export interface ZoneRow {
  id: string
  collection: string | null
  records: { register: string; id: string }[]
  name: string
  kind: string | null
  state: string | null
  province: string | null
  parent: string | null
  communes: { code: string; name: string }[]
  declared_ha: Quantity | null
  area_ha: number | null
  difference_percent: number | null
  as_of: string | null
  industrial_ha: Quantity | null
  leased_ha: Quantity | null
  free_ha: number | null
  fill: Fill
  findings: Record<Severity, number>
  rules: string[]
  conflict_ha: number
  decision: string | null
  decided_on: string | null
  distance_m: number | null
  bbox: Bbox | null
}

export interface AreaSum {
  ha: number
  zones: number
  unknown: number
  approximate: boolean
}

export interface ZoneSums {
  zones: number
  nested: number
  declared: AreaSum
  measured: AreaSum
  industrial: AreaSum
  leased: AreaSum
  free: AreaSum
  fill_percent: number | null
  findings: Record<Severity, number>
  in_conflict: number
  conflict_ha: number
}

export interface ZoneGroup {
  code: string | null
  name: string | null
  sums: ZoneSums
}

export interface Choice {
  code: string
  name: Text | null
  count: number
}

export interface ZoneTable {
  total: number
  numberMatched: number
  numberReturned: number
  zones: ZoneRow[]
  sums: ZoneSums
  by_kind: ZoneGroup[]
  by_state: ZoneGroup[]
  by_province: ZoneGroup[]
  by_commune: ZoneGroup[]
  series: HalfYear[]
  choices: Record<'kinds' | 'states' | 'provinces' | 'communes' | 'near', Choice[]>
}

/** What was known at the end of a half-year. */
export interface HalfYear {
  year: number
  half: 1 | 2
  industrial: AreaSum
  leased: AreaSum
  fill_percent: number | null
}
