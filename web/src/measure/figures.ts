// Lengths and areas of what was drawn: on the plane, and on the ellipsoid of WGS 84 by Karney's own routines.
import geodesic from 'geographiclib-geodesic'
import type { Position } from '../api/types'
import { toPlane, type Plane } from '../geodesy/planes'

export interface Figure {
  /** Metres, or square metres. */
  planar: number
  geodesic: number
}

export interface Measured {
  /** From each place to the next; of a shape the last goes back to the first. */
  sides: Figure[]
  length: Figure
  /** Of the shape that the places enclose; null below three. */
  area: Figure | null
}

const ellipsoid = geodesic.Geodesic.WGS84

const distance = ([lonA, latA]: Position, [lonB, latB]: Position): number => ellipsoid.Inverse(latA, lonA, latB, lonB).s12 ?? Number.NaN

/** Measures places in their order; `closed` adds the side back to the first. */
export function measure(places: readonly Position[], closed: boolean, plane: Plane): Measured {
  const ends = closed && places.length > 2 ? [...places, places[0]!] : places
  const metres = ends.map((place) => toPlane(place, plane))
  const sides = metres.slice(1).map((to, at): Figure => {
    const from = metres[at]!
    return {
      planar: Math.hypot(to.north - from.north, to.east - from.east),
      geodesic: distance(ends[at]!, ends[at + 1]!),
    }
  })
  const length = sides.reduce((sum, side) => add(sum, side), { planar: 0, geodesic: 0 })
  return { sides, length, area: closed && places.length > 2 ? area(places, metres) : null }
}

const add = (a: Figure, b: Figure): Figure => ({ planar: a.planar + b.planar, geodesic: a.geodesic + b.geodesic })

function area(places: readonly Position[], metres: readonly { north: number; east: number }[]): Figure {
  const origin = metres[0]!
  // From the first corner: the cross products of millions of metres would lose the digits of small shapes.
  const local = metres.map(({ north, east }) => [north - origin.north, east - origin.east] as const)
  const twice = local.slice(1).reduce((sum, [n, e], at) => sum + local[at]![1] * n - e * local[at]![0], 0)
  const polygon = ellipsoid.Polygon(false)
  for (const [lon, lat] of places) polygon.AddPoint(lat, lon)
  const { area: around } = polygon.Compute(false, true)
  return { planar: Math.abs(twice) / 2, geodesic: Math.abs(around ?? Number.NaN) }
}

/** Whether two sides of the shape cross: then its area is that of no land. */
export function crossesItself(places: readonly Position[]): boolean {
  const at = (i: number) => places[i % places.length]!
  const turn = (a: Position, b: Position, c: Position) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  for (let i = 0; i < places.length; i += 1) {
    for (let j = i + 2; j < places.length - (i === 0 ? 1 : 0); j += 1) {
      const [a, b, c, d] = [at(i), at(i + 1), at(j), at(j + 1)]
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true
    }
  }
  return false
}
