// Saving a session as a revision, and what to do when somebody else was faster.
import { Problem } from '../api/problem'
import { data } from '../app/data.svelte'
import { detail } from '../app/detail.svelte'
import { notices } from '../app/notices.svelte'
import { view } from '../app/view.svelte'
import { num } from '../i18n/index.svelte'
import { isGone } from './begin'
import { say } from './dictionary'
import { actionsOf, featuresOf, type Draft } from './draft'
import { editing, type Session } from './editing.svelte'
import { readShape } from './shape'
import { judge, readItem, transact, type Trial } from './wire'

/** A zone that somebody else has changed meanwhile. */
export interface Clash {
  mine: Draft
  /** As it is now; null where it is gone. */
  theirs: Draft | null
  /** What the rules say of theirs. */
  judged: Trial | null
  /** Names of properties that they changed. */
  changed: string[]
}

export class Saving {
  reason = $state('')
  busy = $state(false)
  problem = $state.raw<unknown>(null)
  clash = $state.raw<Clash | null>(null)

  constructor(private readonly session: Session) {}

  /** What still keeps it from being saved, as a key of the words. */
  get missing(): 'reason.missing' | 'attributes.missing' | null {
    const nameless = this.session.scene.drafts.some(({ tag, properties }) => tag === null && !String(properties['name'] ?? '').trim())
    if (nameless) return 'attributes.missing'
    return this.reason.trim() === '' ? 'reason.missing' : null
  }

  get ready(): boolean {
    const { session } = this
    return session.canUndo && session.trail.length === 0 && session.scene.drafts.every(({ shape }) => shape.length > 0)
  }

  async save(): Promise<void> {
    const { session } = this
    if (this.busy || !this.ready || this.missing) return
    this.busy = true
    this.problem = null
    try {
      const actions = actionsOf(session.first, session.scene, session.collection, session.space)
      const revision = await transact(actions, session.space.uri, this.reason.trim())
      const [first] = session.scene.drafts
      editing.end()
      notices.say(say('saved', { n: num(revision) }))
      // First that the check is older than this: it has no figures of a zone that was just made.
      await data.refresh()
      if (first) view.select({ type: 'feature', collection: session.collection, id: first.id })
      // It was selected before, and is not what it was.
      await detail.load(view.selection)
    } catch (error) {
      if (error instanceof Problem && (error.status === 412 || (error.status === 404 && session.first.drafts.some(({ tag }) => tag)))) await this.compare()
      else this.problem = error
    } finally {
      this.busy = false
    }
  }

  /** Finds what somebody else has changed, to show it beside what is drawn here. */
  private async compare(): Promise<void> {
    const { session } = this
    for (const mine of session.scene.drafts.filter(({ tag }) => tag !== null)) {
      const theirs = await this.read(mine.id)
      if (theirs?.tag === mine.tag) continue
      const old = session.first.drafts.find(({ id }) => id === mine.id)
      const changed = Object.keys({ ...old?.properties, ...theirs?.properties }).filter(
        (name) => JSON.stringify(old?.properties[name]) !== JSON.stringify(theirs?.properties[name]),
      )
      this.clash = { mine, theirs, judged: null, changed: theirs ? changed : [] }
      if (theirs) {
        const judged = await judge({ collection: session.collection, zones: [mine.id] }, AbortSignal.timeout(30_000)).catch(() => null)
        this.clash = { mine, theirs, judged, changed }
      }
      return
    }
    this.problem = new Problem('refused', 412, say('problem.title'), '', null)
  }

  private async read(id: string): Promise<Draft | null> {
    const { collection, space } = this.session
    try {
      const { feature, tag } = await readItem(collection, id, space.uri)
      return { id, tag: tag ?? '*', properties: feature.properties ?? {}, shape: readShape(feature.geometry, space.yFirst) }
    } catch (error) {
      if (isGone(error)) return null
      throw error
    }
  }

  /** What is drawn here stays, on top of what they saved: their attributes stay, unless they were changed here too. */
  keepMine(): void {
    const { clash, session } = this
    if (!clash) return
    const old = session.first.drafts.find(({ id }) => id === clash.mine.id)
    const own = Object.entries(clash.mine.properties).filter(([name, value]) => old?.properties[name] !== value)
    const properties = { ...(clash.theirs ?? clash.mine).properties, ...Object.fromEntries(own) }
    session.rebase(clash.mine.id, { ...clash.mine, properties, tag: clash.theirs?.tag ?? null }, clash.theirs)
    this.clash = null
    notices.say(say('conflict.kept'))
  }

  takeTheirs(): void {
    const { clash, session } = this
    if (!clash) return
    if (clash.theirs) session.rebase(clash.mine.id, clash.theirs, clash.theirs)
    else editing.end()
    this.clash = null
  }
}

/** What is drawn as a file of longitude and latitude, for somebody who may write. */
export function download({ scene, space }: Session): void {
  const features = featuresOf({
    ...scene,
    drafts: scene.drafts.map((draft) => ({ ...draft, shape: draft.shape.map((polygon) => polygon.map((ring) => ring.map((vertex) => space.toMap(vertex)))) })),
  })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(features)], { type: 'application/geo+json' }))
  link.download = `${scene.drafts[0]?.id ?? 'zone'}.geojson`
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
