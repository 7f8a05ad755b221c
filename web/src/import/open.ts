import type { ImportResult } from '../api/types'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'

/** Brings what was imported into view, land use as the layer that is drawn. */
export function openImported(result: ImportResult | null): void {
  if (!result) return
  const layer = data.byId(result.collection)
  const box = layer?.extent?.spatial?.bbox[0]
  if (box) view.target = box
  if (result.role === 'land_use_plan' || result.role === 'land_use') view.landUse = result.collection
}
