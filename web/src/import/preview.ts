// Where the first polygons of an upload would lie by the CRS that is meant, and how large they would be.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Bbox, Position, UploadPreview } from '../api/types'
import { boxOf } from '../app/actions'
import { crsCode } from '../app/crs'
import { toWgs84 } from '../geodesy/datum'
import { fromPlane, nearestZone, planeOf, toPlane } from '../geodesy/planes'

/** Polygons on the map, with their area on a plane. */
export interface Placed {
  /** Longitude and latitude. */
  polygons: Position[][][]
  area_m2: number
  box: Bbox
  /** A place in the first of them. */
  inside: Position
}

const degrees = ['CRS84', 'EPSG:4326', 'EPSG:4756']
/** Where the country, its sea and its islands lie; numbers of another CRS seldom come out there. */
const country: Bbox = [102, 6, 118, 24]

/** Polygons by a CRS; null where this screen cannot compute with it, where there are none, or where they are nowhere near. */
export function place({ polygons }: UploadPreview, crs: string): Placed | null {
  const code = crsCode(crs)
  const plane = planeOf(code)
  if (polygons.length === 0 || (!plane && !degrees.includes(code))) return null
  const onMap = ([x, y]: Position): Position => (plane ? fromPlane({ east: x, north: y }, plane) : code === 'EPSG:4756' ? toWgs84([x, y]) : [x, y])
  const placed = polygons.map((rings) => rings.map((ring) => ring.map(onMap)))
  const box = boxOf({ coordinates: placed })
  const first = placed[0]?.[0]
  if (!box || !first || box[0] < country[0] || box[1] < country[1] || box[2] > country[2] || box[3] > country[3]) return null
  const measured = plane ?? nearestZone(box[0])
  const metres = plane ? polygons : placed.map((rings) => rings.map((ring) => ring.map((at): Position => { const { east, north } = toPlane(at, measured); return [east, north] })))
  const area_m2 = metres.reduce((sum, rings) => sum + rings.reduce((part, ring, at) => part + (at === 0 ? 1 : -1) * areaOf(ring), 0), 0)
  return { polygons: placed, area_m2, box, inside: inner(first) }
}

/** From the first corner, so that no digits of large coordinates are lost. */
function areaOf(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let twice = 0
  for (let at = 1; at < ring.length; at += 1) {
    const [[xa, ya], [xb, yb]] = [ring[at - 1]!, ring[at]!]
    twice += (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0)
  }
  return Math.abs(twice) / 2
}

/** The middle of the longest run inside along the ring's middle latitude. */
function inner(ring: readonly Position[]): Position {
  const box = boxOf({ coordinates: ring }) ?? [0, 0, 0, 0]
  const y = (box[1] + box[3]) / 2
  const crossings: number[] = []
  for (const [at, [xa, ya]] of ring.entries()) {
    const [xb, yb] = ring[(at + 1) % ring.length]!
    if (ya > y !== yb > y) crossings.push(xa + ((xb - xa) * (y - ya)) / (yb - ya))
  }
  crossings.sort((a, b) => a - b)
  let best: [number, number] = [box[0], box[2]]
  let length = -1
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at]!, crossings[at + 1]!]
    if (to - from > length) [best, length] = [[from, to], to - from]
  }
  return [(best[0] + best[1]) / 2, y]
}

const source = 'import-preview'
const blue = '#1d4ed8'
const layers: LayerSpecification[] = [
  { id: 'import-preview-fill', type: 'fill', source, paint: { 'fill-color': blue, 'fill-opacity': 0.15 } },
  { id: 'import-preview-case', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': '#fff', 'line-width': 5 } },
  { id: 'import-preview-line', type: 'line', source, layout: { 'line-join': 'round' }, paint: { 'line-color': blue, 'line-width': 2, 'line-dasharray': [3, 2] } },
]

/** Draws what would be imported, dashed: it is not there yet. */
export const drawPreview = (map: MapLibre, placed: readonly Placed[]): void => unlessLoading(() => draw(map, placed))

export const erasePreview = (map: MapLibre): void => unlessLoading(() => erase(map))

/** A style that is being loaded takes no change; it has no preview yet, and once it is there all is drawn anew. */
function unlessLoading(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!String(error).includes('Style is not done loading')) throw error
  }
}

function draw(map: MapLibre, placed: readonly Placed[]): void {
  if (!map.getSource(source)) {
    map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
    for (const layer of layers) map.addLayer(layer)
  }
  const coordinates = placed.flatMap(({ polygons }) => polygons)
  map.getSource<GeoJSONSource>(source)?.setData({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } })
}

function erase(map: MapLibre): void {
  for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource(source)) map.removeSource(source)
}
