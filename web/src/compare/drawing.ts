import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Change } from './wire'

const source = 'changes'
const blue = '#1d4ed8'

const layers: LayerSpecification[] = [
  { id: 'change-fill', type: 'fill', source, paint: { 'fill-color': blue, 'fill-opacity': 0.18 } },
  { id: 'change-case', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': '#fff', 'line-width': 5 } },
  { id: 'change-line', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': blue, 'line-width': 2 } },
]

/** Marks the places of a cell on the map, below its labels. */
export function drawChanges(map: MapLibre, changes: readonly Change[]): void {
  if (!map.getSource(source)) {
    map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
    const below = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id
    for (const layer of layers) map.addLayer(layer, below)
  }
  map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features: [...changes] } as Parameters<GeoJSONSource['setData']>[0])
}

export function eraseChanges(map: MapLibre): void {
  for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource(source)) map.removeSource(source)
}
