// The lines of a grid over a part of the map, and where they meet its edges.
import type { Position } from '../api/types'
import { toVn2000, toWgs84 } from '../geodesy/datum'
import { fromPlane, toPlane, type Plane } from '../geodesy/planes'

export type GridKind = 'metres' | 'degrees'

export interface GridLine {
  /** A northing or a latitude runs from west to east, an easting or a longitude from south to north. */
  axis: 'north' | 'east'
  value: number
  path: Position[]
}

// Pieces of a line: its curve is that of a meridian or a parallel on another plane, a few pixels at most.
const pieces = 24
const minute = 1 / 60
const second = minute / 60
const degreeSteps = [10, 5, 2, 1, 30 * minute, 15 * minute, 10 * minute, 5 * minute, 2 * minute, minute, 30 * second, 15 * second, 10 * second, 5 * second, 2 * second, second]

/** The round step of which `most` at the most fit into a span. */
export function step(kind: GridKind, span: number, most: number): number {
  const least = span / most
  if (kind === 'degrees') return degreeSteps.findLast((each) => each >= least) ?? degreeSteps[0]!
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least) ?? least
}

const onPlane = (plane: Plane) => ({
  to: (place: Position): [number, number] => {
    const { north, east } = toPlane(place, plane)
    return [east, north]
  },
  from: ([east, north]: [number, number]): Position => fromPlane({ north, east }, plane),
})

const inDegrees = {
  to: (place: Position): [number, number] => toVn2000(place),
  from: (place: [number, number]): Position => toWgs84(place),
}

/** The lines of a grid that a frame of corners needs, about `most` each way. */
export function gridLines(corners: readonly Position[], kind: GridKind, plane: Plane, most: number): GridLine[] {
  const frame = kind === 'metres' ? onPlane(plane) : inDegrees
  const all = edges(corners).map(frame.to)
  const [west, east] = range(all.map(([x]) => x))
  const [south, north] = range(all.map(([, y]) => y))
  const size = step(kind, Math.max(east - west, north - south), most)
  const line = (axis: 'north' | 'east', value: number): GridLine => ({
    axis,
    value,
    path: Array.from({ length: pieces + 1 }, (_, at) => {
      const part = at / pieces
      return frame.from(axis === 'north' ? [west + (east - west) * part, value] : [value, south + (north - south) * part])
    }),
  })
  return [...steps(south, north, size).map((value) => line('north', value)), ...steps(west, east, size).map((value) => line('east', value))]
}

function steps(from: number, to: number, size: number): number[] {
  const first = Math.ceil(from / size)
  return Array.from({ length: Math.max(0, Math.floor(to / size) - first + 1) }, (_, at) => (first + at) * size)
}

const range = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)]

/** Corners with places between them: a frame's edges bulge on another plane. */
function edges(corners: readonly Position[]): Position[] {
  return corners.flatMap((from, at) => {
    const to = corners[(at + 1) % corners.length]!
    return [0, 0.25, 0.5, 0.75].map((part): Position => [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
  })
}
