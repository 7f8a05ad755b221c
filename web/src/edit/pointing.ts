// The pointer on the map while somebody draws: vertices are taken hold of, edges bent, lines drawn point by point.
import type { Map as MapLibre, MapMouseEvent, MapTouchEvent } from 'maplibre-gl'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import type { Session } from './editing.svelte'
import { places, type Place, type Vertex } from './shape'
import type { Snap } from './snapping'

type Event = MapMouseEvent | MapTouchEvent

/** How near to a vertex and to the middle of an edge counts as on it, CSS pixels. */
const reach = { mouse: [9, 8], touch: [22, 18] } as const
/** A hand that moves less has not dragged, px. */
const still_px = 3

interface Hit {
  place: Place
  /** Set where it is the middle of the edge before the place. */
  between: Vertex | null
}

interface Drag {
  place: Place
  what: 'moved' | 'added'
  from: { x: number; y: number }
  moved: boolean
}

export interface Pointed {
  hover: Place | null
  snap: Snap | null
  /** Where the pointer is while a line is drawn. */
  next: Vertex | null
}

/** Listens to the map until the answer is called. `show` is told whenever something else is to be drawn. */
export function point(map: MapLibre, session: Session, finish: () => void, show: (pointed: Pointed) => void): () => void {
  let drag: Drag | null = null

  /** The place of an event in the storage CRS, on an edge where one is near; Alt holds it off. */
  function placed(event: Event): { vertex: Vertex; snap: Snap | null } {
    const free = session.space.fromMap([event.lngLat.lng, event.lngLat.lat])
    const snap = event.originalEvent.altKey ? null : session.snapping.at(free)
    return { vertex: snap?.vertex ?? free, snap }
  }

  function hitAt({ x, y }: { x: number; y: number }, [near, between]: readonly [number, number]): Hit | null {
    let best: Hit | null = null
    let distance = near
    const at = (vertex: Vertex) => map.project(session.space.toMap(vertex))
    for (const [place, vertex] of places(session.shape)) {
      const point = at(vertex)
      const away = Math.hypot(point.x - x, point.y - y)
      if (away < distance) [best, distance] = [{ place, between: null }, away]
    }
    if (best) return best
    distance = between
    for (const [place, vertex, ring] of places(session.shape)) {
      const next = ring[(place.at + 1) % ring.length]!
      const middle: Vertex = [(vertex[0] + next[0]) / 2, (vertex[1] + next[1]) / 2]
      const point = at(middle)
      const away = Math.hypot(point.x - x, point.y - y)
      if (away < distance) [best, distance] = [{ place: { ...place, at: place.at + 1 }, between: middle }, away]
    }
    return best
  }

  function down(event: Event, kind: keyof typeof reach): void {
    if (session.mode !== 'vertices' || ('button' in event.originalEvent && event.originalEvent.button !== 0)) return
    const hit = hitAt(event.point, reach[kind])
    if (!hit) return
    event.preventDefault()
    if (hit.between) session.insert(hit.place, hit.between)
    else session.select(hit.place)
    drag = { place: hit.place, what: hit.between ? 'added' : 'moved', from: event.point, moved: false }
  }

  function move(event: Event): void {
    view.hover = null
    if (drag) {
      const far = Math.hypot(event.point.x - drag.from.x, event.point.y - drag.from.y) > still_px
      if (!drag.moved && !far) return
      drag.moved = true
      const { vertex, snap } = placed(event)
      session.drag(drag.place, vertex)
      show({ hover: drag.place, snap, next: null })
    } else if (session.mode === 'vertices') {
      const hit = hitAt(event.point, reach.mouse)
      map.getCanvas().style.cursor = hit ? (hit.between ? 'copy' : 'move') : ''
      show({ hover: hit && !hit.between ? hit.place : null, snap: null, next: null })
    } else {
      map.getCanvas().style.cursor = 'crosshair'
      const { vertex, snap } = placed(event)
      show({ hover: null, snap, next: vertex })
    }
  }

  function up(): void {
    if (!drag) return
    const { place, what, moved } = drag
    drag = null
    if (moved || what === 'added') session.drop(place, what)
    show({ hover: null, snap: null, next: null })
  }

  /** The hand has left, or another finger came: what it moved is where it was. */
  function giveUp(): void {
    if (!drag) return
    drag = null
    session.giveUp()
    show({ hover: null, snap: null, next: null })
  }

  function click(event: MapMouseEvent): void {
    const near = reach[event.originalEvent instanceof PointerEvent && event.originalEvent.pointerType === 'touch' ? 'touch' : 'mouse']
    if (session.mode === 'vertices') {
      if (!hitAt(event.point, near)) session.select(null)
      return
    }
    const first = session.trail[0]
    const start = first && session.mode !== 'line' ? map.project(session.space.toMap(first)) : null
    const closes = start && session.trail.length > 2 && Math.hypot(start.x - event.point.x, start.y - event.point.y) < near[0]
    if (closes) finish()
    else session.trail = [...session.trail, placed(event).vertex]
  }

  function twice(event: MapMouseEvent): void {
    if (session.mode === 'vertices') return
    event.preventDefault()
    // The second of the two clicks has added the same vertex again.
    session.trail = session.trail.slice(0, -1)
    finish()
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !drag) return
    event.preventDefault()
    event.stopPropagation()
    giveUp()
  }

  const mouse = (event: MapMouseEvent) => down(event, 'mouse')
  const touch = (event: MapTouchEvent) => {
    if (event.originalEvent.touches.length === 1) down(event, 'touch')
    else giveUp()
  }
  const look = () => session.snapping.look()
  mapState.clicksTaken = true
  map.on('mousedown', mouse)
  map.on('touchstart', touch)
  map.on('mousemove', move)
  map.on('touchmove', move)
  map.on('touchend', up)
  map.on('touchcancel', giveUp)
  map.on('click', click)
  map.on('dblclick', twice)
  map.on('moveend', look)
  window.addEventListener('mouseup', up)
  window.addEventListener('keydown', key, true)
  return () => {
    mapState.clicksTaken = false
    map.getCanvas().style.cursor = ''
    map.off('mousedown', mouse)
    map.off('touchstart', touch)
    map.off('mousemove', move)
    map.off('touchmove', move)
    map.off('touchend', up)
    map.off('touchcancel', giveUp)
    map.off('click', click)
    map.off('dblclick', twice)
    map.off('moveend', look)
    window.removeEventListener('mouseup', up)
    window.removeEventListener('keydown', key, true)
  }
}
