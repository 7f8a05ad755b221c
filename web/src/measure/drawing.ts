import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Feature, Geometry } from 'geojson'
import type { Position } from '../api/types'

const source = 'measure'
const blue = '#1d4ed8'

const layers: LayerSpecification[] = [
  { id: 'measure-fill', type: 'fill', source, filter: ['==', ['get', 'what'], 'shape'], paint: { 'fill-color': blue, 'fill-opacity': 0.1 } },
  { id: 'measure-case', type: 'line', source, filter: ['==', ['get', 'what'], 'line'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': '#fff', 'line-width': 5 } },
  { id: 'measure-line', type: 'line', source, filter: ['==', ['get', 'what'], 'line'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': blue, 'line-width': 2 } },
  { id: 'measure-point', type: 'circle', source, filter: ['in', ['get', 'what'], ['literal', ['place', 'goal']]], paint: { 'circle-radius': ['match', ['get', 'what'], 'goal', 7, 4.5], 'circle-color': ['match', ['get', 'what'], 'goal', 'rgba(0, 0, 0, 0)', '#fff'], 'circle-stroke-color': blue, 'circle-stroke-width': ['match', ['get', 'what'], 'goal', 3, 2] } },
  { id: 'measure-label', type: 'symbol', source, filter: ['==', ['get', 'what'], 'place'], layout: { 'text-field': ['get', 'label'], 'text-font': ['Be Vietnam Pro SemiBold'], 'text-size': 11, 'text-anchor': 'bottom-left', 'text-offset': [0.4, -0.3], 'text-allow-overlap': true }, paint: { 'text-color': blue, 'text-halo-color': '#fff', 'text-halo-width': 1.6 } },
]

/** Draws what is measured above everything else; after each new style anew. */
export function draw(map: MapLibre, places: readonly Position[], closed: boolean, goal: Position | null): void {
  if (!map.getSource(source)) {
    map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
    for (const layer of layers) map.addLayer(layer)
  }
  const ring = closed && places.length > 2 ? [...places, places[0]!] : [...places]
  const feature = (what: string, geometry: Geometry, label = ''): Feature => ({ type: 'Feature', properties: { what, label }, geometry })
  const features = places.map((place, at) => feature('place', { type: 'Point', coordinates: place }, String(at + 1)))
  if (ring.length > 1) features.unshift(feature('line', { type: 'LineString', coordinates: ring }))
  if (ring.length > 3) features.unshift(feature('shape', { type: 'Polygon', coordinates: [ring] }))
  if (goal) features.push(feature('goal', { type: 'Point', coordinates: goal }))
  map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
}

/** Takes the drawing off the map. */
export function erase(map: MapLibre): void {
  for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource(source)) map.removeSource(source)
}
