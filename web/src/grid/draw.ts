import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import type { Position } from '../api/types'
import type { Plane } from '../geodesy/planes'
import { gridLabel } from './label'
import { gridLines, type GridKind, type GridLine } from './lines'

const ink = '#23262b'
/** CSS pixels between two lines, at least about. */
const apart = 150
/** A line from the west so near the foot would have its label among those from the south. */
const labelHeight = 20
/** The status line covers the lower edge, on the screen. */
const statusLine = 30

const layers: LayerSpecification[] = [
  { id: 'grid-line', type: 'line', source: 'grid', paint: { 'line-color': ink, 'line-width': 0.8, 'line-opacity': 0.55 } },
  {
    id: 'grid-label',
    type: 'symbol',
    source: 'grid-labels',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': ['Be Vietnam Pro Regular'],
      'text-size': 10.5,
      'text-anchor': ['match', ['get', 'axis'], 'north', 'bottom-left', 'bottom-left'],
      'text-offset': [0.3, -0.2],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': ink, 'text-halo-color': '#fff', 'text-halo-width': 1.8 },
  },
]

const empty = (): FeatureCollection => ({ type: 'FeatureCollection', features: [] })

/** Draws a grid of the frame as it is, or takes it away. After each new style and each move anew. */
export function drawGrid(map: MapLibre, kind: GridKind | null, plane: Plane, foot = statusLine): void {
  if (!kind) {
    for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
    for (const id of ['grid', 'grid-labels']) if (map.getSource(id)) map.removeSource(id)
    return
  }
  if (!map.getSource('grid')) {
    map.addSource('grid', { type: 'geojson', data: empty() })
    map.addSource('grid-labels', { type: 'geojson', data: empty() })
    for (const layer of layers) map.addLayer(layer)
  }
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  const corners = ([[0, 0], [width, 0], [width, height], [0, height]] as const).map(([x, y]): Position => {
    const { lng, lat } = map.unproject([x, y])
    return [lng, lat]
  })
  const lines = gridLines(corners, kind, plane, Math.max(2, Math.max(width, height) / apart))
  map.getSource<GeoJSONSource>('grid')?.setData({
    type: 'FeatureCollection',
    features: lines.map(({ path }) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: path } })),
  })
  const labels = lines.flatMap((line) => {
    const at = entry(map, line, width, height - foot - (line.axis === 'north' ? labelHeight : 0))
    return at ? [{ type: 'Feature' as const, properties: { label: gridLabel(line, kind), axis: line.axis }, geometry: { type: 'Point' as const, coordinates: at } }] : []
  })
  map.getSource<GeoJSONSource>('grid-labels')?.setData({ type: 'FeatureCollection', features: labels })
}

/** Where a line comes in from the west or the south. */
function entry(map: MapLibre, { path }: GridLine, width: number, height: number): Position | null {
  const points = path.map((place) => map.project(place))
  const inside = ({ x, y }: { x: number; y: number }) => x >= 0 && x <= width && y >= 0 && y <= height
  const first = points.findIndex((point, at) => at > 0 && inside(point))
  const [from, to] = [points[first - 1], points[first]]
  if (!from || !to) return null
  // Halved until it is within a pixel: a line is straight between two of its places.
  let [out, within] = [0, 1]
  const at = (part: number) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })
  if (inside(from)) within = 0
  else for (let round = 0; round < 12; round += 1) inside(at((out + within) / 2)) ? (within = (out + within) / 2) : (out = (out + within) / 2)
  const { lng, lat } = map.unproject([at(within).x, at(within).y])
  return [lng, lat]
}
