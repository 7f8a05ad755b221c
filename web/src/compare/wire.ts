import { request } from '../api/client'
import type { Geometry, StatusInfo, ZoneRef } from '../api/types'

/** Area that goes from one code to another, or stays. */
export interface Transition {
  from: string
  to: string
  area_m2: number
}

/** A parcel's worth of change. */
export interface Change {
  type: 'Feature'
  id: string
  geometry: Geometry | null
  properties: { older: string; newer: string; from: string; to: string; area_m2: number }
}

export interface PlanDifference {
  older: string
  newer: string
  pack: string
  crs: string
  crs_guessed: boolean
  matrix: Transition[]
  only_older_ha: number
  only_newer_ha: number
  sliver_count: number
  sliver_ha: number
  newly_in_conflict: ZoneRef[]
  changes: { numberMatched: number; features: Change[] }
}

/** The most changes that the server gives at once. */
const most = 10_000

/** Begins to hold two versions of a plan against each other. */
export const startDifference = (older: string, newer: string): Promise<StatusInfo> =>
  request<StatusInfo>('/processes/plan-difference/execution', {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify({ inputs: { older, newer, limit: most } }),
  })

export const differenceOf = (job: string): Promise<PlanDifference> =>
  request<PlanDifference>(`/jobs/${encodeURIComponent(job)}/results`, {})
