// The planes that planners' coordinates are given in: VN-2000 in its 3° zones and in UTM, and UTM of WGS 84.
import type { Position } from '../api/types'
import { tm3 } from '../app/crs'
import { toVn2000, toWgs84 } from './datum'
import { project, unproject } from './transverse'

export interface Plane {
  /** `EPSG:n`. */
  crs: string
  /** Central meridian, degrees. */
  meridian: number
  scale: number
  vn2000: boolean
}

/** A place on a plane, metres; Vietnamese lists write the northing first and call it X. */
export interface Metres {
  north: number
  east: number
}

const falseEasting_m = 500_000

export const zones: readonly Plane[] = Object.entries(tm3)
  .map(([code, meridian]) => ({ crs: `EPSG:${code}`, meridian, scale: 0.9999, vn2000: true }))
  .toSorted((a, b) => a.meridian - b.meridian)

const utm = (code: string, meridian: number, vn2000: boolean): Plane => ({ crs: `EPSG:${code}`, meridian, scale: 0.9996, vn2000 })

/** UTM 48 and 49 north, in which lie the mainland, the islands and most of the sea. */
export const utmPlanes: readonly Plane[] = [
  utm('3405', 105, true),
  utm('3406', 111, true),
  utm('32648', 105, false),
  utm('32649', 111, false),
]

const byCrs = new Map([...zones, ...utmPlanes].map((plane) => [plane.crs, plane]))

export const planeOf = (crs: string): Plane | undefined => byCrs.get(crs)

/** A longitude, latitude of WGS 84 on a plane. */
export function toPlane(place: Position, { meridian, scale, vn2000 }: Plane): Metres {
  const [lon, lat] = vn2000 ? toVn2000(place) : place
  const [north, east] = project((lat * Math.PI) / 180, ((lon - meridian) * Math.PI) / 180)
  return { north: scale * north, east: scale * east + falseEasting_m }
}

/** The longitude, latitude of WGS 84 of a place on a plane. */
export function fromPlane({ north, east }: Metres, { meridian, scale, vn2000 }: Plane): Position {
  const [lat, lon] = unproject(north / scale, (east - falseEasting_m) / scale)
  const place: Position = [meridian + (lon * 180) / Math.PI, (lat * 180) / Math.PI]
  return vn2000 ? toWgs84(place) : place
}

/** The 3° zone whose meridian is nearest; a guess, as zones follow provinces. */
export function nearestZone(lon: number): Plane {
  return zones.reduce((best, each) => (Math.abs(each.meridian - lon) < Math.abs(best.meridian - lon) ? each : best))
}
