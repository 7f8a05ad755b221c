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

/** Ends what is being drawn; too few vertices are left to be gone on with. */
export async function finishTrail(session: Session): Promise<void> {
  const { mode, trail } = session
  const least = mode === 'line' ? 2 : 3
  if (trail.length < least) {
    notices.say(say('trail.few', { n: num(least) }), 'bad')
    return
  }
  if (mode === 'zone') addPolygon(session, trail)
  else if (mode === 'hole') await cut(session, { with: writeShape([[trail]])! }, 'holed')
  else if (mode === 'line') await split(session, trail)
  if (session.trail === trail || session.trail.length === 0) setMode(session, 'vertices')
}

function addPolygon(session: Session, ring: readonly Vertex[]): void {
  session.trail = []
  session.keep('drawn', withShape(session.scene, [...session.shape, [ring]]), ring[0] ?? null, { n: ring.length })
}

type Tool = Omit<RedrawInputs, 'collection' | 'geometry' | 'crs' | 'operation'>

async function asked(session: Session, operation: RedrawInputs['operation'], tool: Tool): Promise<Redrawn | null> {
  const geometry = writeShape(session.shape)
  if (!geometry) return null
  const { collection, space } = session
  try {
    return await redraw({ operation, collection, geometry, crs: space.code, ...tool })
  } catch (error) {
    notices.say(say('tool.failed', { why: why(error) }), 'bad')
    return null
  }
}

const shapeOf = (session: Session, parts: Redrawn['parts']): Shape => parts.flatMap(({ geometry }) => readShape(geometry, session.space.yFirst))

/** Takes areas away: a hole, or what features of a layer hold. */
export async function cut(session: Session, tool: Tool, what: 'cut' | 'holed', operation: 'difference' | 'intersection' = 'difference'): Promise<void> {
  const made = await asked(session, operation, tool)
  if (!made) return
  session.trail = []
  const shape = shapeOf(session, made.parts)
  session.keep(what, withShape(session.scene, shape), shape[0]?.[0]?.[0] ?? null, { ha: ha(made.before_m2 - made.after_m2) })
}

/** Divides the zone: the largest part stays what it is, the others become a new zone. */
async function split(session: Session, line: readonly Vertex[]): Promise<void> {
  const made = await asked(session, 'split', { with: { type: 'LineString', coordinates: line } })
  const draft = session.active
  if (!made || !draft) return
  session.trail = []
  const [largest, ...rest] = made.parts
  if (!largest) return
  const { name } = draft.properties
  const part: Draft = { id: freshId(), tag: null, properties: { ...draft.properties, name: say('part.name', { name: String(name ?? draft.id) }) }, shape: shapeOf(session, rest) }
  const scene = withShape(session.scene, shapeOf(session, [largest]))
  session.keep('split', { ...scene, drafts: [...scene.drafts, part] }, line[0] ?? null, { ha: ha(rest.reduce((sum, { area_m2 }) => sum + area_m2, 0)) })
}

/** Joins another zone of the collection with the one that is drawn; the other will be gone. */
export async function merge(session: Session, id: string, name: string): Promise<void> {
  const made = await asked(session, 'union', { by: session.collection, by_features: [id] })
  if (!made) return
  let tag: string | null
  try {
    ;({ tag } = await readItem(session.collection, id, session.space.uri))
  } catch (error) {
    notices.say(say('tool.failed', { why: why(error) }), 'bad')
    return
  }
  const scene: Scene = withShape(session.scene, shapeOf(session, made.parts))
  session.keep('merged', { ...scene, gone: [...scene.gone, { id, tag }] }, null, { name })
  if (made.parts.length > 1) notices.say(say('merge.apart', { n: num(made.parts.length) }))
}
