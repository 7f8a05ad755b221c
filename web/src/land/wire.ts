import type { Bbox, Text, ZoneRef } from '../api/types'
import type { Quantity } from '../register/types'

export interface InCommune {
  code: string
  name: string
  features: number
  area_ha: number
}

export interface LandPart {
  id: string
  name: string | null
  code: string | null
  area_m2: number
  narrow: boolean
  bbox: Bbox | null
}

export interface LandInZone {
  zone: ZoneRef
  collection: string
  bbox: Bbox | null
  crs: string
  area_ha: number
  on_ha: number
  features: number
  narrow: number
  by_commune: InCommune[]
  by_code: { code: string; features: number; area_ha: number }[]
  parts: LandPart[]
  clearance: { register: string; as_of: string; cleared_ha: Quantity | null; in_progress_ha: Quantity | null; households: Quantity | null } | null
}

export interface LandInZones {
  layer: string
  title: Text
  as_of: string | null
  codes: string[]
  zones: LandInZone[]
  zones_measured: number
  features: number
  on_ha: number
  by_commune: InCommune[]
  by_code: { code: string; features: number; area_ha: number }[]
}
