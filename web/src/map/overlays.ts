import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'

const blue = '#1d4ed8'
const red = '#d0131a'
const nothing = { type: 'FeatureCollection' as const, features: [] }

export const overlaySources: Record<string, SourceSpecification> = {
  selection: { type: 'geojson', data: nothing },
  slivers: { type: 'geojson', data: nothing },
}

/** Slivers: dotted red, thin, drawn only on demand. */
export const sliverLayers: LayerSpecification[] = [
  {
    id: 'sliver-line',
    type: 'line',
    source: 'slivers',
    metadata: { 'ranh:overlay': true },
    layout: { visibility: 'none' },
    paint: { 'line-color': red, 'line-width': 2, 'line-dasharray': [1, 1.5] },
  },
]

/** The selected shape: 3 px of blue on 7 px of white, above every other line. */
export const selectionLayers: LayerSpecification[] = [
  {
    id: 'selection-case',
    type: 'line',
    source: 'selection',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': '#ffffff', 'line-width': 7 },
  },
  {
    id: 'selection-line',
    type: 'line',
    source: 'selection',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': blue, 'line-width': 3 },
  },
]

/** What lies under the pointer or the row: the same blue, thinner. */
export function hoverLayer(source: string): LayerSpecification {
  return {
    id: `hover-line:${source}`,
    type: 'line',
    source,
    'source-layer': source,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': blue,
      'line-width': 2,
      'line-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 1, 0],
    },
  }
}
