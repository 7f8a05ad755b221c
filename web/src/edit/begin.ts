// How a session begins: from a zone that is there, or from nothing.
import { Problem } from '../api/problem'
import type { Position } from '../api/types'
import { boxOf } from '../app/actions'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import { editing, Session } from './editing.svelte'
import { readShape } from './shape'
import { Space } from './space'
import { readItem, takesChanges } from './wire'

/** Why a zone cannot be edited here, as a key of the words. */
export class CannotEdit extends Error {
  constructor(readonly key: 'readOnly' | 'crs' | 'noZones') {
    super(key)
  }
}

const storageOf = (collection: string): string => data.byId(collection)?.storageCrs ?? 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

function spaceOf(collection: string, near: Position): Space {
  const space = Space.of(storageOf(collection), near)
  if (!space) throw new CannotEdit('crs')
  return space
}

/** Reads a zone and begins to edit it. */
export async function beginZone(collection: string, id: string): Promise<void> {
  if (!(await takesChanges(collection, id))) throw new CannotEdit('readOnly')
  const uri = storageOf(collection)
  const { feature, tag } = await readItem(collection, id, uri)
  const probe = spaceOf(collection, [0, 0])
  const shape = readShape(feature.geometry, probe.yFirst)
  const first = shape[0]?.[0]?.[0]
  const space = spaceOf(collection, first ? probe.toMap(first) : centre())
  const draft = { id, tag: tag ?? '*', properties: feature.properties ?? {}, shape }
  editing.session = new Session(collection, space, { drafts: [draft], active: 0, gone: [] })
  showAll(editing.session)
}

/** Begins with a zone that is still to be drawn. */
export function beginNew(): void {
  const collection = editing.zones
  if (!collection) throw new CannotEdit('noZones')
  const draft = { id: freshId(), tag: null, properties: { name: '', kind: 'KCN', state: 'proposed' }, shape: [] }
  editing.session = new Session(collection, spaceOf(collection, centre()), { drafts: [draft], active: 0, gone: [] })
}

/** An id that is very likely nobody else's: the day and the second. */
export function freshId(): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const now = new Date()
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `M${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}

const centre = (): Position => (mapState.place ? [mapState.place.lon, mapState.place.lat] : [107, 21])

/** Brings everything that is edited into view. */
export function showAll({ scene, space }: Session): void {
  const places = scene.drafts.flatMap(({ shape }) => shape.flat(2).map((vertex) => space.toMap(vertex)))
  const box = boxOf({ coordinates: places })
  if (box) view.target = box
}

export const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404
