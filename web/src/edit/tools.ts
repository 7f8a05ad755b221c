// What changes a whole outline at once. The server does it, exactly; here its answer becomes a step that can be undone.
import { notices } from '../app/notices.svelte'
import { ha, num, why } from '../i18n/index.svelte'
import { freshId } from './begin'
import { say } from './dictionary'
import { withShape, type Draft, type Scene } from './draft'
import type { Mode, Session } from './editing.svelte'
import { readShape, writeShape, type Shape, type Vertex } from './shape'
import { readItem, redraw, type Redrawn, type RedrawInputs } from './wire'

/** Begins to draw, or goes back to the vertices. */
export function setMode(session: Session, mode: Mode): void {
  session.trail = []
  session.selected = null
  session.mode = mode
}

/** Ends what is being drawn; too few vertices, and what the server refuses, are left to be gone on with. */
export async function finishTrail(session: Session): Promise<void> {
  const { mode, trail } = session
  if (session.working || mode === 'vertices') return
  const least = mode === 'line' ? 2 : 3
  if (trail.length < least) {
    notices.say(say('trail.few', { n: num(least) }), 'bad')
    return
  }
  if (await drawn(session, mode, trail)) setMode(session, 'vertices')
}

/** Makes of what was drawn what it was drawn for; false where that cannot be. */
async function drawn(session: Session, mode: Exclude<Mode, 'vertices'>, trail: readonly Vertex[]): Promise<boolean> {
  if (mode === 'line') return split(session, trail)
  const tool = { with: writeShape([[trail]])! }
  if (mode === 'hole') return cut(session, tool, 'holed')
  if (session.shape.length > 0) return grow(session, tool, trail)
  session.keep('drawn', withShape(session.scene, [[trail]]), trail[0] ?? null, { n: trail.length })
  return true
}

type Tool = Omit<RedrawInputs, 'collection' | 'geometry' | 'crs' | 'operation'>

/** The server's answer; null where it has none, or where the outline is another one by now. */
async function asked(session: Session, operation: RedrawInputs['operation'], tool: Tool): Promise<Redrawn | null> {
  const { collection, space, scene } = session
  const geometry = writeShape(session.shape)
  if (!geometry || session.working) return null
  session.working = true
  try {
    const made = await redraw({ operation, collection, geometry, crs: space.code, ...tool })
    if (session.scene === scene) return made
    notices.say(say('tool.moved'), 'bad')
  } catch (error) {
    notices.say(say('tool.failed', { why: why(error) }), 'bad')
  } finally {
    session.working = false
  }
  return null
}

const shapeOf = (session: Session, parts: Redrawn['parts']): Shape => parts.flatMap(({ geometry }) => readShape(geometry, session.space.yFirst))

/** Takes areas away: a hole, or what features of a layer hold. */
export async function cut(session: Session, tool: Tool, what: 'cut' | 'holed', operation: 'difference' | 'intersection' = 'difference'): Promise<boolean> {
  const made = await asked(session, operation, tool)
  if (!made) return false
  const shape = shapeOf(session, made.parts)
  session.keep(what, withShape(session.scene, shape), shape[0]?.[0]?.[0] ?? null, { ha: ha(made.before_m2 - made.after_m2) })
  return true
}

/** Adds an area; where it touches the zone both become one outline. */
async function grow(session: Session, tool: Tool, trail: readonly Vertex[]): Promise<boolean> {
  const made = await asked(session, 'union', tool)
  if (!made) return false
  session.keep('grown', withShape(session.scene, shapeOf(session, made.parts)), trail[0] ?? null, { ha: ha(made.after_m2 - made.before_m2) })
  if (made.parts.length > 1) notices.say(say('grown.apart', { n: num(made.parts.length) }))
  return true
}

/** Divides the zone: the largest part stays what it is, the others become a new zone, until somebody says otherwise. */
async function split(session: Session, line: readonly Vertex[]): Promise<boolean> {
  const made = await asked(session, 'split', { with: { type: 'LineString', coordinates: line } })
  const draft = session.active
  const [largest, ...rest] = made?.parts ?? []
  if (!draft || !largest) return false
  // What was declared is a figure of the whole.
  const { name, declared_area_ha: _, ...others } = draft.properties
  const part: Draft = { id: freshId(), tag: null, properties: { ...others, name: say('part.name', { name: String(name ?? draft.id) }) }, shape: shapeOf(session, rest) }
  const scene = withShape(session.scene, shapeOf(session, [largest]))
  session.keep('split', { ...scene, drafts: [...scene.drafts, part] }, line[0] ?? null, { ha: ha(rest.reduce((sum, { area_m2 }) => sum + area_m2, 0)) })
  return true
}

/** The part that is shown becomes the zone that was there, and that one the new zone. */
export function exchangeIdentity(session: Session): void {
  const { drafts, active } = session.scene
  const [here, kept] = [drafts[active], drafts.findIndex(({ tag }) => tag !== null)]
  const there = drafts[kept]
  if (!here || !there || here.tag !== null) return
  const exchanged = drafts.with(active, { ...here, shape: there.shape }).with(kept, { ...there, shape: here.shape })
  session.selected = null
  session.keep('identity', { ...session.scene, drafts: exchanged, active: kept }, here.shape[0]?.[0]?.[0] ?? null, { name: String(there.properties['name'] ?? there.id) })
}

/** Joins another zone of the collection with the one that is drawn; the other will be gone. */
export async function merge(session: Session, id: string, name: string): Promise<boolean> {
  let tag: string | null
  try {
    ;({ tag } = await readItem(session.collection, id, session.space.uri))
  } catch (error) {
    notices.say(say('tool.failed', { why: why(error) }), 'bad')
    return false
  }
  const made = await asked(session, 'union', { by: session.collection, by_features: [id] })
  if (!made) return false
  const scene: Scene = withShape(session.scene, shapeOf(session, made.parts))
  session.keep('merged', { ...scene, gone: [...scene.gone, { id, tag }] }, null, { name })
  if (made.parts.length > 1) notices.say(say('merge.apart', { n: num(made.parts.length) }))
  return true
}
