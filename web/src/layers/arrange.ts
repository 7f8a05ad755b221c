// What the reader changes of the map's drawing beyond on, off and strength: order, palette, and which codes are drawn.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { collectionOf } from '../map/apply'
import { palette } from './palette.svelte'
import { second } from './second'

/** As the address has it. */
export interface Arrangement {
  /** Collections from top to bottom. */
  order?: string | undefined
  /** `safe`: the second palette. */
  colours?: string | undefined
  /** Land-use codes that are drawn; all of them where it says nothing. */
  only?: string | undefined
}

const mainCode: ExpressionSpecification = ['coalesce', ['get', 'main'], ['get', 'code'], '']
const isLandUse = (layer: LayerSpecification) => layer.id.startsWith('landuse-')

/** Collections of the style from top to bottom, as it came. */
export function usualOrder(served: readonly LayerSpecification[]): string[] {
  const all = served.filter((layer) => layer.type !== 'symbol').map(collectionOf).filter((id) => id !== null)
  return [...new Set(all)].toReversed()
}

/** The wanted order, with collections that it does not name where they usually are. */
export function orderOf(served: readonly LayerSpecification[], asked: string | undefined): string[] {
  const usual = usualOrder(served)
  const wanted = (asked ?? '').split(',').filter((id) => usual.includes(id))
  if (wanted.length === 0) return usual
  const order = [...wanted]
  for (const [at, id] of usual.entries()) {
    if (order.includes(id)) continue
    // Below all that usually lies above it.
    const lowest = Math.max(-1, ...usual.slice(0, at).map((other) => order.indexOf(other)))
    order.splice(lowest + 1, 0, id)
  }
  return order
}

export function arrange(map: MapLibre, served: readonly LayerSpecification[], asked: Arrangement): void {
  stack(map, served, orderOf(served, asked.order))
  palette.colours = asked.colours === 'safe' ? second : null
  const only = (asked.only ?? '').split(',').filter(Boolean)
  for (const layer of served.filter(isLandUse)) {
    if (!map.getLayer(layer.id)) continue
    const own = 'filter' in layer ? (layer.filter ?? null) : null
    map.setFilter(layer.id, only.length === 0 ? own : both(own, ['in', mainCode, ['literal', only]]))
    const usual = (layer.paint as Record<string, unknown> | undefined)?.['fill-color']
    if (usual !== undefined) map.setPaintProperty(layer.id, 'fill-color', (palette.colours ? recoloured() : usual) as string)
  }
}

const both = (a: FilterSpecification | null, b: FilterSpecification): FilterSpecification => (a ? (['all', a, b] as FilterSpecification) : b)

function recoloured(): ExpressionSpecification {
  return ['match', mainCode, ...[...second].flat(), '#ececea'] as unknown as ExpressionSpecification
}

/** Puts layers over each other, labels apart, which stay on top in the same order. */
function stack(map: MapLibre, served: readonly LayerSpecification[], order: readonly string[]): void {
  const drawn = map.getStyle().layers
  const own = new Set(served.map((layer) => layer.id))
  for (const labels of [false, true]) {
    const part = drawn.filter((layer) => (layer.type === 'symbol') === labels && own.has(layer.id) && collectionOf(layer) !== null)
    const last = drawn.findIndex((layer) => layer.id === part.at(-1)?.id)
    const ceiling = drawn.slice(last + 1).find((layer) => !part.includes(layer))?.id
    for (const id of order.toReversed()) {
      for (const layer of part) if (collectionOf(layer) === id) map.moveLayer(layer.id, ceiling)
    }
  }
}
