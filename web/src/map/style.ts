import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Lang } from '../api/types'
import { archipelagoLayers, archipelagoSource } from './archipelagos'
import { hoverLayer, overlaySources, selectionLayers, sliverLayers } from './overlays'

const fontFaces = {
  'Be Vietnam Pro Regular': '/assets/fonts/be-vietnam-pro-400.woff2',
  'Be Vietnam Pro SemiBold': '/assets/fonts/be-vietnam-pro-600.woff2',
}

/**
 * The server's style with what belongs to the screen: hover, selection, slivers
 * and the archipelagos. Lines go above every other line, below the labels.
 */
export function composeStyle(served: StyleSpecification, lang: Lang): StyleSpecification {
  const sources = { ...served.sources }
  for (const [id, source] of Object.entries(sources)) {
    if (source.type !== 'vector') continue
    // What the status line says, and in the language of the page: with it the source would be another in each.
    const { attribution: _, ...rest } = source
    // Hover works by feature id, which is the text that the API uses.
    sources[id] = { ...rest, promoteId: 'fid' }
  }
  const hovered = Object.keys(sources).filter((id) => served.layers.some((layer) => isOutlined(layer, id)))
  return {
    ...served,
    'font-faces': served['font-faces'] ?? fontFaces,
    sources: { ...sources, ...overlaySources, archipelagos: archipelagoSource(lang) },
    layers: insertOverlays(withBackground(served.layers.map(evenBand)), [
      ...sliverLayers,
      ...hovered.map(hoverLayer),
      ...selectionLayers,
      ...archipelagoLayers.slice(0, 1),
    ]).concat(archipelagoLayers.slice(1)),
  }
}

/**
 * A wide translucent line that is bent inwards lies over itself in every corner
 * and looks blotched; made translucent as a whole layer, it is even.
 */
function evenBand(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'line' || !layer.id.startsWith('zone-band:')) return layer
  const { 'line-opacity': opacity, ...paint } = layer.paint ?? {}
  if (typeof opacity !== 'number') return layer
  return { ...layer, paint: { ...paint, 'line-layer-opacity': opacity } }
}

/** Zones and findings answer to the pointer; parcels and communes would flicker. */
function isOutlined(layer: LayerSpecification, source: string): boolean {
  const own = 'source' in layer && layer.source === source
  return own && (layer.id.startsWith('zone-fill:') || layer.id === 'finding-fill')
}

function withBackground(layers: LayerSpecification[]): LayerSpecification[] {
  if (layers.some((layer) => layer.type === 'background')) return layers
  return [{ id: 'paper', type: 'background', paint: { 'background-color': '#fbfbf9' } }, ...layers]
}

/** Puts the overlays above the last layer that is not a label. */
export function insertOverlays(layers: LayerSpecification[], overlays: LayerSpecification[]): LayerSpecification[] {
  const last = layers.findLastIndex((layer) => layer.type !== 'symbol')
  return [...layers.slice(0, last + 1), ...overlays, ...layers.slice(last + 1)]
}
