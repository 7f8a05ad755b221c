import type { Bbox, Finding, Findings as FindingList, SearchResult } from '../api/types'
import { findings, type CheckInputs } from '../check/findings.svelte'
import { num, t, why, words } from '../i18n/index.svelte'
import { data } from './data.svelte'
import { notices } from './notices.svelte'
import { detail } from './detail.svelte'
import { view } from './view.svelte'

/** From one language of the screen to the other. */
export async function switchLanguage(): Promise<void> {
  const other = words.lang === 'vi' ? 'en' : 'vi'
  await words.set(other).catch(() => notices.say(t('lang.failed'), 'bad'))
}

/** Selects a finding, zooms the map to it and opens its panel. */
export function openFinding(finding: Finding): void {
  view.turnTo(null)
  view.select({ type: 'finding', id: finding.id })
  if (finding.bbox) view.target = finding.bbox
}

export function openZone(collection: string, id: string, box: Bbox | null): void {
  view.turnTo(null)
  view.select({ type: 'feature', collection, id })
  if (box) view.target = box
}

export function openResult(result: SearchResult): void {
  if (result.role === 'land_use_plan' || result.role === 'land_use') {
    // A land-use code: its collection comes on the map, and all of its parcels into view.
    view.turnTo(null)
    view.landUse = result.collection
    if (result.bbox) view.target = result.bbox
    return
  }
  openZone(result.collection, result.id, result.bbox)
  view.tab = 'info'
}

/** Moves to the next or the previous finding of the list. */
export function walk(step: 1 | -1): void {
  const next = findings.neighbour(step)
  if (!next) return
  findings.reveal(next)
  openFinding(next)
}

/** The box of whatever is selected. */
export function selectedBox(): Bbox | null {
  const loaded = detail.loaded
  if (loaded?.type === 'finding') return loaded.finding.bbox
  if (loaded?.type === 'zone') return loaded.summary.bbox
  if (!detail.geometry) return null
  return boxOf(detail.geometry)
}

export function zoomToSelection(): void {
  const box = selectedBox()
  if (box) view.target = box
}

/** Opens the editing of the zone that is selected. */
export function editSelected(): void {
  const { selection } = view
  if (selection?.type === 'feature' && data.byId(selection.collection)?.ranh.role === 'zone') view.open('edit')
}

/** Opens the editing with a zone that is still to be drawn. */
export function drawZone(): void {
  view.draws = true
  view.open('edit')
}

/** Runs a check of everything, or of what is chosen; null when there is no answer. */
export async function runCheck(inputs: CheckInputs = {}): Promise<FindingList | null> {
  if (findings.running) return null
  try {
    const said = await findings.run(inputs)
    if (!said) {
      notices.say(t('check.cancelled'))
      return null
    }
    if (view.selection?.type === 'finding' && !findings.byId.has(view.selection.id)) view.select(null)
    void detail.reload(view.selection)
    notices.say(t('check.done', { n: num(said.numberMatched) }))
    return said
  } catch (error) {
    notices.say(t('check.failed', { why: why(error) }), 'bad')
    return null
  }
}

/** The envelope of a geometry's positions; null for one without any. */
export function boxOf(geometry: { coordinates?: unknown; geometries?: unknown }): Bbox | null {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    const [x, y]: unknown[] = value
    if (typeof x === 'number' && typeof y === 'number') {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    } else value.forEach(visit)
  }
  visit(geometry.coordinates)
  if (Array.isArray(geometry.geometries)) {
    for (const part of geometry.geometries as { coordinates?: unknown }[]) visit(part.coordinates)
  }
  return Number.isFinite(box[0]) ? box : null
}
