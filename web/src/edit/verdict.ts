// What the rules come to for one zone: a light, and what is still to be known.
import type { Severity } from '../api/types'
import type { Draft } from './draft'
import type { Trial, TriedZone } from './wire'

/** Red: something forbids it. Amber: something is to be looked at, or is not known. Green: nothing stands against it. */
export type Light = 'red' | 'amber' | 'green'

export interface Verdict {
  light: Light
  counts: Record<Severity, number>
  tried: TriedZone
  skipped: Trial['skipped']
  /** Names of properties that a dossier has and this zone has not. */
  missing: Wanted[]
}

/** What a dossier says of a zone; without it some rules have nothing to hold the outline against. */
export const wanted = ['name', 'decision', 'declared_area_ha', 'communes'] as const
export type Wanted = (typeof wanted)[number]

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The verdict on a zone of a trial; null where it was not judged. */
export function verdictOn(trial: Trial | null, draft: Draft | undefined): Verdict | null {
  const tried = trial?.zones.find(({ zone }) => zone.id === draft?.id)
  if (!trial || !draft || !tried?.state) return null
  const counts: Verdict['counts'] = { B: 0, E: 0, W: 0, I: 0 }
  for (const { severity, zone } of trial.findings) if (zone?.id === draft.id) counts[severity] += 1
  const skipped = trial.skipped.filter(({ zone }) => zone === null || zone === draft.id)
  const missing = wanted.filter((name) => isEmpty(draft.properties[name]))
  const doubt = counts.W > 0 || missing.length > 0 || skipped.some(({ zone }) => zone !== null)
  return { light: counts.B + counts.E > 0 ? 'red' : doubt ? 'amber' : 'green', counts, tried, skipped, missing }
}
