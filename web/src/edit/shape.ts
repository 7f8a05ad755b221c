// What is edited: rings of vertices in the CRS of the collection, x (east) first. Nothing is changed in place, so that a
// vertex that was not touched is the very number that came, and goes back as it was.
import type { Geometry } from '../api/types'

export type Vertex = readonly [x: number, y: number]
/** Without the closing vertex. */
export type Ring = readonly Vertex[]
/** The first ring is the shell, the others are holes. */
export type Polygon = readonly Ring[]
export type Shape = readonly Polygon[]

/** Where a vertex stands in a shape. */
export interface Place {
  polygon: number
  ring: number
  at: number
}

export const samePlace = (a: Place | null, b: Place | null): boolean =>
  a === b || (a !== null && b !== null && a.polygon === b.polygon && a.ring === b.ring && a.at === b.at)

type Positions = [number, number][]

/** The polygons of a GeoJSON geometry; `yFirst` where its numbers stand latitude first. */
export function readShape(geometry: Geometry | null, yFirst: boolean): Shape {
  const polygons = polygonsOf(geometry)
  const vertex = ([a, b]: [number, number]): Vertex => (yFirst ? [b, a] : [a, b])
  return polygons.map((rings) => rings.map((ring) => open(ring.map(vertex))))
}

function polygonsOf(geometry: Geometry | null): Positions[][] {
  if (!geometry) return []
  if (geometry.type === 'Polygon') return [geometry.coordinates as Positions[]]
  if (geometry.type === 'MultiPolygon') return geometry.coordinates as Positions[][]
  return (geometry.geometries ?? []).flatMap(polygonsOf)
}

function open(ring: Vertex[]): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  const closed = ring.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]
  return closed ? ring.slice(0, -1) : ring
}

/** The same as GeoJSON: a polygon, or several. */
export function writeShape(shape: Shape, yFirst = false): Geometry | null {
  const position = ([x, y]: Vertex) => (yFirst ? [y, x] : [x, y])
  const polygons = shape.map((rings) => rings.map((ring) => [...ring, ring[0]].filter((each) => each !== undefined).map(position)))
  if (polygons.length === 0) return null
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons }
}

export function ringAt(shape: Shape, { polygon, ring }: Pick<Place, 'polygon' | 'ring'>): Ring {
  return shape[polygon]?.[ring] ?? []
}

export const vertexAt = (shape: Shape, place: Place): Vertex | undefined => ringAt(shape, place)[place.at]

function withRing(shape: Shape, place: Place, change: (ring: Ring) => Ring): Shape {
  return shape.map((polygon, p) => (p === place.polygon ? polygon.map((ring, r) => (r === place.ring ? change(ring) : ring)) : polygon))
}

export const moveVertex = (shape: Shape, place: Place, to: Vertex): Shape => withRing(shape, place, (ring) => ring.with(place.at, to))

/** Puts a vertex before the one at a place. */
export const insertVertex = (shape: Shape, place: Place, vertex: Vertex): Shape =>
  withRing(shape, place, (ring) => ring.toSpliced(place.at, 0, vertex))

/** Takes a vertex away. A ring that would have two goes with it, and with its shell the whole polygon. */
export function removeVertex(shape: Shape, place: Place): Shape {
  if (ringAt(shape, place).length > 3) return withRing(shape, place, (ring) => ring.toSpliced(place.at, 1))
  const polygon = shape[place.polygon] ?? []
  return place.ring === 0
    ? shape.toSpliced(place.polygon, 1)
    : shape.with(place.polygon, polygon.toSpliced(place.ring, 1))
}

/** All vertices with their places, in their order. */
export function* places(shape: Shape): Generator<[Place, Vertex, Ring]> {
  for (const [polygon, rings] of shape.entries()) {
    for (const [ring, vertices] of rings.entries()) {
      for (const [at, vertex] of vertices.entries()) yield [{ polygon, ring, at }, vertex, vertices]
    }
  }
}

export const countVertices = (shape: Shape): number => shape.flat().reduce((sum, ring) => sum + ring.length, 0)

/** The neighbour before (-1) or after (+1) in the shape's order of vertices, going round. */
export function neighbour(shape: Shape, place: Place | null, step: 1 | -1): Place | null {
  const all = [...places(shape)].map(([each]) => each)
  const here = all.findIndex((each) => samePlace(each, place))
  if (all.length === 0) return null
  return all[(here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step + all.length) % all.length] ?? null
}

/** Twice the signed area of a ring, from its first vertex, so that no digits of large coordinates are lost. */
function twice(ring: Ring): number {
  const [origin] = ring
  if (!origin) return 0
  let sum = 0
  for (let at = 1; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at]!, ring[at + 1]!]
    sum += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
  }
  return sum
}

/** The area on the plane of the vertices: shells less holes. */
export const areaOf = (shape: Shape): number =>
  shape.reduce((sum, polygon) => sum + polygon.reduce((part, ring, at) => part + ((at === 0 ? 1 : -1) * Math.abs(twice(ring))) / 2, 0), 0)
