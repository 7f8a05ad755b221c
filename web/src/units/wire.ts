import type { Bbox, Text, ZoneRef } from '../api/types'

export interface Unit {
  code: string
  name: string
}

export interface ZoneUnit extends Unit {
  area_ha: number
  narrow: boolean
}

export interface ZoneUnits {
  zone: ZoneRef
  collection: string
  bbox: Bbox | null
  crs: string
  area_ha: number
  changed: boolean
  before: ZoneUnit[]
  after: ZoneUnit[]
  contested: { area_ha: number; claimants: Unit[] }[]
}

export interface UnitVersion {
  collection: string
  title: Text
  valid_from: string | null
  units: number
}

export interface UnitChanges {
  older: UnitVersion
  newer: UnitVersion
  zones_measured: number
  zones: ZoneUnits[]
  units: { from: Unit; to: Unit; zones: number; area_ha: number }[]
}
