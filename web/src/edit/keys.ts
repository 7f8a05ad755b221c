// The keys of editing, before those of the screen. On the map, with a line being drawn, the cross in the middle draws.
import { mapState } from '../map/state.svelte'
import type { Session } from './editing.svelte'
import { neighbour, vertexAt } from './shape'
import { finishTrail, setMode } from './tools'

interface Acts {
  undo: () => void
  redo: () => void
  leave: () => void
}

const arrows: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

/** Handles the keys of a session. */
export function keysOf(session: Session, { undo, redo, leave }: Acts): (event: KeyboardEvent) => void {
  const act = (event: KeyboardEvent): (() => void) | null => {
    const typing = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.dataset['testid'] !== undefined)
    const onMap = event.target === mapState.map?.getCanvas()
    const letter = event.key.toLowerCase()
    if ((event.ctrlKey || event.metaKey) && !typing) {
      if (letter === 'z') return event.shiftKey ? redo : undo
      if (letter === 'y') return redo
      return null
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return null
    if (event.key === 'Escape') return escape(event)
    return onMap ? onTheMap(event) : null
  }

  const escape = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return null
    if (session.mode !== 'vertices') return () => setMode(session, 'vertices')
    return session.selected ? () => session.select(null) : leave
  }

  const onTheMap = (event: KeyboardEvent): (() => void) | null => {
    const { map } = mapState
    if (!map) return null
    if (session.mode !== 'vertices') {
      const { lng, lat } = map.getCenter()
      if (event.key === ' ') return () => (session.trail = [...session.trail, session.space.fromMap([lng, lat])])
      if (event.key === 'Backspace') return () => (session.trail = session.trail.slice(0, -1))
      return event.key === 'Enter' ? () => void finishTrail(session) : null
    }
    if (event.key === '.' || event.key === ',') return () => session.select(neighbour(session.shape, session.selected, event.key === '.' ? 1 : -1))
    const step = arrows[event.key]
    const { selected } = session
    if (!selected) return null
    if (event.key === 'Delete') return () => session.remove(selected)
    return step ? () => nudge(step[0], step[1]) : null
  }

  /** Moves the chosen vertex by a pixel of the map. */
  const nudge = (east: number, north: number) => {
    const { selected } = session
    const vertex = selected && vertexAt(session.shape, selected)
    if (!selected || !vertex) return
    const at = session.space.toTable(vertex)
    const by = mapState.metresPerPixel
    session.move(selected, session.space.fromTable({ east: at.east + east * by, north: at.north + north * by }))
  }

  return (event) => {
    const action = act(event)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
}
