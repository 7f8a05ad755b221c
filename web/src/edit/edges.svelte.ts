// The edges around what is drawn, asked for where the map is, and which of them a vertex is to lie on.
import { isAborted } from '../api/problem'
import type { Bbox, Role } from '../api/types'
import { data } from '../app/data.svelte'
import { mapState } from '../map/state.svelte'
import { Edges, type Snap } from './snapping'
import type { Vertex } from './shape'
import type { Space } from './space'
import { readEdges } from './wire'

/** What can be snapped to. */
export const sorts = ['plan', 'communes', 'zones', 'landUse'] as const
export type Sort = (typeof sorts)[number]

/** How near the pointer has to come, CSS pixels. */
export const reach_px = 12
/** Beyond so many metres for a pixel a snap would be a leap. */
export const coarsest_m = 40

export class Snapping {
  on = $state<Record<Sort, boolean>>({ plan: true, communes: true, zones: true, landUse: false })
  truncated = $state(false)
  failed = $state(false)
  private edges = $state.raw<Edges | null>(null)
  private box: Bbox | null = null
  private asked = ''
  private running: AbortController | null = null

  constructor(
    private readonly space: Space,
    private readonly collection: string,
    private readonly own: () => string[],
  ) {}

  get count(): number {
    return this.edges?.count ?? 0
  }

  private collectionsOf(sort: Sort): string[] {
    const of = (role: Role) => data.layers.filter((each) => each.ranh.role === role)
    switch (sort) {
      case 'plan':
        return of('land_use_plan').filter((each, _, all) => each.ranh.in_force || all.length === 1).map(({ id }) => id)
      case 'communes':
        return of('admin').map(({ id }) => id)
      case 'zones':
        return of('zone').map(({ id }) => id)
      case 'landUse':
        return of('land_use').map(({ id }) => id)
    }
  }

  /** Asks for the edges in view, where the last answer has not all of them. */
  look(): void {
    const [view, wanted] = [mapState.bounds, sorts.filter((sort) => this.on[sort]).flatMap((sort) => this.collectionsOf(sort))]
    if (!view || mapState.metresPerPixel > coarsest_m) return
    const known = this.box && view[0] >= this.box[0] && view[1] >= this.box[1] && view[2] <= this.box[2] && view[3] <= this.box[3]
    if (known && !this.truncated && wanted.join() === this.asked) return
    // With as much around it as there is in it, for the next moves.
    const [dx, dy] = this.truncated ? [0, 0] : [(view[2] - view[0]) / 2, (view[3] - view[1]) / 2]
    void this.read([view[0] - dx, view[1] - dy, view[2] + dx, view[3] + dy], wanted)
  }

  private async read(box: Bbox, wanted: string[]): Promise<void> {
    this.running?.abort()
    this.running = new AbortController()
    this.asked = wanted.join()
    this.box = box
    if (wanted.length === 0) {
      this.edges = null
      return
    }
    try {
      const { lines, truncated } = await readEdges(box, this.space.uri, wanted, this.running.signal)
      const turned = this.space.yFirst ? lines.map((line) => ({ ...line, coordinates: line.coordinates.map(([a, b]): Vertex => [b, a]) })) : lines
      this.edges = new Edges(turned)
      this.truncated = truncated
      this.failed = false
    } catch (error) {
      if (isAborted(error)) return
      this.failed = true
      this.box = null
    }
  }

  /** What a vertex at a place would lie on; edges of what is being drawn do not count. */
  at(vertex: Vertex): Snap | null {
    const reach_m = reach_px * mapState.metresPerPixel
    if (!this.edges || mapState.metresPerPixel > coarsest_m) return null
    const own = this.own()
    const wanted = (collection: string, feature: string) => !(collection === this.collection && own.includes(feature))
    return this.edges.nearest(vertex, reach_m, this.space.metresPerStep(vertex), wanted)
  }

  stop(): void {
    this.running?.abort()
  }
}
