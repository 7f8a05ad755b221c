// Which edge of the layers around a drawn vertex is to lie on: a vertex before an edge, the nearest first.
import type { Vertex } from './shape'

/** A run of edges of a feature, in the storage CRS, unrounded. */
export interface EdgeLine {
  collection: string
  feature: string
  coordinates: Vertex[]
}

export interface Snap {
  vertex: Vertex
  kind: 'vertex' | 'edge'
  collection: string
  feature: string
  distance_m: number
}

/** Edges as columns of numbers: a hundred thousand are searched while the pointer moves. */
export class Edges {
  private readonly ends: Float64Array
  private readonly lineOf: Uint32Array

  constructor(private readonly lines: readonly EdgeLine[]) {
    const count = lines.reduce((sum, line) => sum + Math.max(0, line.coordinates.length - 1), 0)
    this.ends = new Float64Array(count * 4)
    this.lineOf = new Uint32Array(count)
    let next = 0
    for (const [index, { coordinates }] of lines.entries()) {
      for (let at = 0; at + 1 < coordinates.length; at += 1) {
        this.ends.set([...coordinates[at]!, ...coordinates[at + 1]!], next * 4)
        this.lineOf[next] = index
        next += 1
      }
    }
  }

  get count(): number {
    return this.lineOf.length
  }

  /**
   * What lies nearest to a place and not further than `reach_m`. `step_m` are the metres of a step east and north;
   * `wanted` chooses by collection and feature.
   */
  nearest(at: Vertex, reach_m: number, step_m: readonly [number, number], wanted: (collection: string, feature: string) => boolean): Snap | null {
    const chosen = this.lines.map((line) => wanted(line.collection, line.feature))
    const [kx, ky] = step_m
    let [vertex, edge]: (Snap | null)[] = [null, null]
    const better = (best: Snap | null | undefined, distance_m: number) => distance_m <= reach_m && (!best || distance_m < best.distance_m)
    for (let i = 0; i < this.lineOf.length; i += 1) {
      const line = this.lineOf[i]!
      if (!chosen[line]) continue
      const [x0, y0, x1, y1] = [this.ends[i * 4]!, this.ends[i * 4 + 1]!, this.ends[i * 4 + 2]!, this.ends[i * 4 + 3]!]
      const [ax, ay, bx, by] = [(x0 - at[0]) * kx, (y0 - at[1]) * ky, (x1 - at[0]) * kx, (y1 - at[1]) * ky]
      if (Math.min(ax, bx) > reach_m || Math.max(ax, bx) < -reach_m || Math.min(ay, by) > reach_m || Math.max(ay, by) < -reach_m) continue
      const { collection, feature } = this.lines[line]!
      const found = (kind: Snap['kind'], x: number, y: number, distance_m: number): Snap => ({ vertex: [x, y], kind, collection, feature, distance_m })
      if (better(vertex, Math.hypot(ax, ay))) vertex = found('vertex', x0, y0, Math.hypot(ax, ay))
      if (better(vertex, Math.hypot(bx, by))) vertex = found('vertex', x1, y1, Math.hypot(bx, by))
      const [dx, dy] = [bx - ax, by - ay]
      const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)))
      const distance_m = Math.hypot(ax + along * dx, ay + along * dy)
      if (better(edge, distance_m)) edge = found('edge', x0 + along * (x1 - x0), y0 + along * (y1 - y0), distance_m)
    }
    return vertex ?? edge ?? null
  }
}
