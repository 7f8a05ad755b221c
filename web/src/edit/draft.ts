// What a session of editing changes: zones as they would be, and zones that would be gone. A change makes a new scene and
// leaves the old one as it was, so that undoing is going back to it.
import type { Feature } from '../api/types'
import { writeShape, type Shape } from './shape'
import type { Space } from './space'
import type { Action } from './wire'

export interface Draft {
  /** Feature id; of a new zone the one that it is to have. */
  readonly id: string
  /** The tag of what was read; null for a new zone. */
  readonly tag: string | null
  readonly properties: Readonly<Record<string, unknown>>
  readonly shape: Shape
}

export interface Scene {
  readonly drafts: readonly Draft[]
  /** Which of them is being drawn. */
  readonly active: number
  /** Zones that have been joined with another. */
  readonly gone: readonly { id: string; tag: string | null }[]
}

export const activeOf = (scene: Scene): Draft | undefined => scene.drafts[scene.active]

export function withShape(scene: Scene, shape: Shape): Scene {
  return { ...scene, drafts: scene.drafts.map((draft, at) => (at === scene.active ? { ...draft, shape } : draft)) }
}

/** The features of a scene for the server to judge. */
export function featuresOf(scene: Scene): { type: 'FeatureCollection'; features: Feature[] } {
  const feature = ({ id, properties, shape }: Draft): Feature => ({ type: 'Feature', id, geometry: writeShape(shape), properties })
  return { type: 'FeatureCollection', features: scene.drafts.map(feature) }
}

/** What is to be told to the store so that it becomes what the scene is. */
export function actionsOf(first: Scene, scene: Scene, collection: string, { yFirst }: Space): Action[] {
  const before = new Map(first.drafts.map((draft) => [draft.id, draft]))
  const byId = (id: string) => ({ op: '=', args: [{ property: 'id' }, id] })
  const matching = (tag: string | null) => (tag ? { 'if-match': tag } : {})
  const changes = scene.drafts.flatMap((draft): Action[] => {
    const { id, tag, shape, properties } = draft
    const geometry = writeShape(shape, yFirst)
    if (tag === null) return [{ action: 'insert', collection, items: [{ type: 'Feature', id, geometry, properties }] }]
    const old = before.get(id)
    const modify = [
      ...(old?.shape === shape ? [] : [{ name: 'geometry', value: geometry }]),
      ...Object.entries(properties).filter(([name, value]) => old?.properties[name] !== value).map(([name, value]) => ({ name, value })),
    ]
    return modify.length === 0 ? [] : [{ action: 'update', collection, filter: byId(id), properties: { modify }, ...matching(tag) }]
  })
  return [...changes, ...scene.gone.map(({ id, tag }): Action => ({ action: 'delete', collection, filter: byId(id), ...matching(tag) }))]
}
