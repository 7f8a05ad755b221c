// A session of editing: which zones are drawn anew, what was done so far, and what the rules say of it.
import type { Position } from '../api/types'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import { activeOf, withShape, type Draft, type Scene } from './draft'
import { History, type Step } from './history'
import { Judging } from './judging.svelte'
import { insertVertex, moveVertex, removeVertex, ringAt, samePlace, vertexAt, type Place, type Shape, type Vertex } from './shape'
import { Snapping } from './edges.svelte'
import type { Space } from './space'

/** What the pointer does: move vertices, or draw a line of new ones. */
export type Mode = 'vertices' | 'zone' | 'hole' | 'line'

export class Session {
  /** What is shown; while a vertex is dragged it is ahead of the history. */
  scene = $state.raw<Scene>({ drafts: [], active: 0, gone: [] })
  selected = $state.raw<Place | null>(null)
  mode = $state<Mode>('vertices')
  /** Vertices drawn so far in the other modes. */
  trail = $state.raw<readonly Vertex[]>([])
  /** Whether the server is redrawing the outline. */
  working = $state(false)
  /** Counts changes of the history, which itself is no state. */
  private round = $state(0)
  private history: History
  /** Ids of the zones that "before" speaks of. */
  private base = ''
  readonly judging: Judging
  readonly snapping: Snapping

  constructor(
    readonly collection: string,
    readonly space: Space,
    first: Scene,
  ) {
    this.history = new History(first)
    this.scene = first
    this.judging = new Judging(collection, space.code)
    this.snapping = new Snapping(space, collection, () => this.scene.drafts.map(({ id }) => id))
    if (first.drafts.every((draft) => draft.shape.length === 0)) this.mode = 'zone'
    this.judgeBase()
  }

  get active(): Draft | undefined {
    return activeOf(this.scene)
  }

  get shape(): Shape {
    return this.active?.shape ?? []
  }

  get first(): Scene {
    return this.history.first
  }

  get steps(): Step[] {
    return this.round < 0 ? [] : this.history.done
  }

  get canUndo(): boolean {
    return this.round >= 0 && this.history.canUndo
  }

  get canRedo(): boolean {
    return this.round >= 0 && this.history.canRedo
  }

  /** Whether there is something that would be lost. */
  get dirty(): boolean {
    return this.canUndo || this.trail.length > 0
  }

  /** Has the zones judged as they are, those that would be gone among them, whenever they are others than before. */
  private judgeBase(): void {
    const zones = [...this.first.drafts.filter(({ tag }) => tag !== null), ...this.scene.gone]
    const base = zones.map(({ id, tag }) => `${id} ${tag ?? ''}`).join('\n')
    if (base === this.base) return
    this.base = base
    void this.judging.begin(zones.map(({ id }) => id)).then(() => {
      const crs = this.judging.before?.zones[0]?.crs
      if (crs) this.space.judgeOn(crs)
    })
  }

  /** Keeps what is shown as a step. */
  keep(what: string, scene: Scene, at: Vertex | null = null, values: Step['values'] = {}): void {
    this.history.add({ what, values, scene, at })
    this.show(scene)
    this.round += 1
  }

  private show(scene: Scene): void {
    this.scene = scene
    if (this.selected && !vertexAt(this.shape, this.selected)) this.selected = null
    this.judgeBase()
    this.judging.ask(scene)
  }

  undo(): void {
    if (this.trail.length > 0) this.trail = this.trail.slice(0, -1)
    else this.goTo(this.history.undo())
  }

  redo(): void {
    this.goTo(this.history.redo())
  }

  /** Shows the scene that is now, and brings the place of the step into view. */
  private goTo(step: Step | null): void {
    if (!step) return
    this.round += 1
    this.show(this.history.scene)
    if (step.at) panTo(this.space.toMap(step.at))
  }

  /** A vertex on its way: judged, but no step yet. */
  drag(place: Place, to: Vertex): void {
    this.scene = withShape(this.scene, moveVertex(this.shape, place, to))
    this.judging.ask(this.scene)
  }

  /** Ends a drag, which may have begun by a new vertex. */
  drop(place: Place, what: 'moved' | 'added'): void {
    if (this.scene !== this.history.scene) this.keep(what, this.scene, vertexAt(this.shape, place) ?? null, { n: place.at + 1 })
  }

  /** Gives up a drag. */
  giveUp(): void {
    this.show(this.history.scene)
  }

  move(place: Place, to: Vertex): void {
    this.keep('moved', withShape(this.scene, moveVertex(this.shape, place, to)), to, { n: place.at + 1 })
  }

  /** Begins a vertex in the middle of the edge before the one at a place. */
  insert(place: Place, vertex: Vertex): void {
    this.scene = withShape(this.scene, insertVertex(this.shape, place, vertex))
    this.selected = place
  }

  /** Adds a vertex half-way to the next one. */
  addAfter(place: Place): void {
    const ring = ringAt(this.shape, place)
    const [a, b] = [ring[place.at], ring[(place.at + 1) % ring.length]]
    if (!a || !b) return
    const middle: Vertex = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    const next = { ...place, at: place.at + 1 }
    this.keep('added', withShape(this.scene, insertVertex(this.shape, next, middle)), middle, { n: next.at + 1 })
    this.selected = next
  }

  remove(place: Place): void {
    const gone = vertexAt(this.shape, place)
    if (!gone) return
    const ring = ringAt(this.shape, place)
    this.keep('removed', withShape(this.scene, removeVertex(this.shape, place)), gone, { n: place.at + 1 })
    const next = { ...place, at: Math.min(place.at, ring.length - 2) }
    this.selected = vertexAt(this.shape, next) ? next : null
  }

  /** Goes on with another of the zones that are drawn. */
  activate(at: number): void {
    this.selected = null
    this.scene = { ...this.scene, active: at }
  }

  select(place: Place | null): void {
    if (!samePlace(this.selected, place)) this.selected = place
  }

  /** Goes on from what somebody else has saved: `theirs` is what there is to begin with now. */
  rebase(id: string, draft: Draft, theirs: Draft | null): void {
    const put = (scene: Scene, by: Draft): Scene => ({ ...scene, drafts: scene.drafts.map((each) => (each.id === id ? by : each)) })
    this.history.begin(theirs ? put(this.history.first, theirs) : { ...this.history.first, drafts: this.history.first.drafts.filter((each) => each.id !== id) })
    this.keep(draft === theirs ? 'theirs' : 'moved', put(this.scene, draft), null, { n: 1 })
  }

  close(): void {
    this.judging.stop()
    this.snapping.stop()
  }
}

/** Brings a place into the middle, unless it is well in view. */
export function panTo(place: Position): void {
  const { map, cover } = mapState
  if (!map) return
  const { x, y } = map.project(place)
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  const inside = x > width * 0.1 && x < width * 0.9 && y > cover.top + height * 0.1 && y < height * 0.9 - cover.bottom
  if (!inside) map.jumpTo({ center: place })
}

class Editing {
  session = $state.raw<Session | null>(null)

  /** Ends the session; what was not saved is lost. */
  end(): void {
    this.drop()
    view.close()
  }

  /** Forgets the session. */
  drop(): void {
    this.session?.close()
    this.session = null
  }

  /** The collection of zones that new ones go into. */
  get zones(): string | null {
    return data.layers.find((each) => each.ranh.role === 'zone')?.id ?? null
  }
}

export const editing = new Editing()
