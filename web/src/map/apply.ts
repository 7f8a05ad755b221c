import type { FilterSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { opacityProperties, scaleOpacity } from './opacity'

/** What the layer list asks of one collection's layers. */
export interface Wish {
  visible: boolean
  /** 0 to 1, over the style's own opacity. */
  strength: number
  hiddenKinds: string[]
  /** The only zones that are drawn; null for all. */
  only: string[] | null
}

/** The collection that a style layer draws, as the server's style says. */
export function collectionOf(layer: LayerSpecification): string | null {
  const metadata = layer.metadata as Record<string, unknown> | undefined
  const named = metadata?.['ranh:collection']
  if (typeof named === 'string') return named
  return layer.id.startsWith('finding-') ? 'findings' : null
}

/** Brings the map's layers in line with the list. `served` is the style as it came. */
export function applyWishes(map: MapLibre, served: LayerSpecification[], wish: (id: string) => Wish | null): void {
  for (const layer of served) {
    const collection = collectionOf(layer)
    const wanted = collection === null ? null : wish(collection)
    if (!wanted || !map.getLayer(layer.id)) continue
    map.setLayoutProperty(layer.id, 'visibility', wanted.visible ? 'visible' : 'none')
    if (layer.id.startsWith('zone-')) map.setFilter(layer.id, wantedZones(layer, wanted))
    strengthen(map, layer, wanted.strength)
  }
}

function wantedZones(layer: LayerSpecification, { hiddenKinds, only }: Wish): FilterSpecification | null {
  const own = 'filter' in layer ? (layer.filter ?? null) : null
  const all: unknown[] = own ? [own] : []
  if (hiddenKinds.length > 0) all.push(['!', ['in', ['get', 'kind'], ['literal', hiddenKinds]]])
  if (only) all.push(['in', ['get', 'fid'], ['literal', only]])
  return all.length > 1 ? (['all', ...all] as FilterSpecification) : ((all[0] as FilterSpecification | undefined) ?? null)
}

function strengthen(map: MapLibre, layer: LayerSpecification, strength: number): void {
  // The transparent fill is there to be clicked, not seen.
  if (layer.id.startsWith('zone-fill:')) return
  const paint = (layer.paint ?? {}) as Record<string, unknown>
  for (const property of opacityProperties(layer.type, paint)) {
    map.setPaintProperty(layer.id, property as 'fill-opacity', scaleOpacity(paint[property], strength) as number)
  }
}

/** The fill opacity of a land-use layer in the style, which its row shows as per cent. */
export function baseStrength(served: LayerSpecification[], collection: string): number {
  const fill = served.find((layer) => layer.id === `landuse-fill:${collection}`)
  const value = (fill?.paint as Record<string, unknown> | undefined)?.['fill-opacity']
  return typeof value === 'number' && value > 0 ? value : 1
}
