import { api } from '../api/client'
import { isAborted, Problem } from '../api/problem'
import type { Feature, Finding, Geometry, ZoneSummary } from '../api/types'
import { data } from './data.svelte'
import { findings } from '../check/findings.svelte'
import type { Selection } from './selection'

type Loaded =
  | { type: 'finding'; finding: Finding }
  | { type: 'zone'; summary: ZoneSummary }
  | { type: 'feature'; collection: string; feature: Feature }

function unlessMissing(error: unknown): null {
  if (error instanceof Problem && error.status === 404) return null
  throw error
}

/** Everything about the selected thing: read once for the panel and the map. */
class Detail {
  status = $state<'none' | 'loading' | 'ready' | 'error'>('none')
  loaded = $state.raw<Loaded | null>(null)
  geometry = $state.raw<Geometry | null>(null)
  problem = $state.raw<unknown>(null)
  private running: AbortController | null = null

  async load(selection: Selection | null): Promise<void> {
    this.running?.abort()
    this.geometry = null
    if (!selection) {
      this.status = 'none'
      this.loaded = null
      return
    }
    const running = new AbortController()
    this.running = running
    // A finding of the list can be shown at once; its shape follows.
    const known = selection.type === 'finding' ? findings.byId.get(selection.id) : undefined
    this.loaded = known ? { type: 'finding', finding: known } : null
    this.status = known ? 'ready' : 'loading'
    try {
      await (selection.type === 'finding'
        ? this.loadFinding(selection.id, running.signal)
        : this.loadFeature(selection.collection, selection.id, running.signal))
      if (!running.signal.aborted) this.status = 'ready'
    } catch (error) {
      if (isAborted(error) || running.signal.aborted) return
      this.problem = error instanceof Problem ? error : Problem.unreachable(error)
      if (!known) this.status = 'error'
    }
  }

  /** Reads a feature again after a check: a zone has new figures, and one that was just made its first. */
  async reload(selection: Selection | null): Promise<void> {
    if (selection?.type === 'feature') await this.load(selection)
  }

  /** Shows a finding as it stands now, if it is the one that is shown. */
  replace(finding: Finding): void {
    if (this.loaded?.type === 'finding' && this.loaded.finding.id === finding.id) {
      this.loaded = { type: 'finding', finding }
    }
  }

  private async loadFinding(id: string, signal: AbortSignal): Promise<void> {
    const finding = await api.finding(id, signal)
    if (signal.aborted) return
    this.loaded = { type: 'finding', finding }
    this.geometry = finding.geometry ?? null
  }

  /** The zone as the check measured it; null for one that no check has measured yet, which is shown as any feature is. */
  private async summaryOf(id: string, signal: AbortSignal): Promise<ZoneSummary | null> {
    if (!data.check) return null
    if (data.check.stale) {
      const { zones } = await api.zoneRows(id, signal)
      if (!zones.some((row) => row.id === id && row.area_ha !== null)) return null
    }
    return api.zoneSummary(id, signal).catch(unlessMissing)
  }

  private async loadFeature(collection: string, id: string, signal: AbortSignal): Promise<void> {
    const isZone = data.byId(collection)?.ranh.role === 'zone'
    const [feature, summary] = await Promise.all([api.item(collection, id, signal), isZone ? this.summaryOf(id, signal) : null])
    if (signal.aborted) return
    this.loaded = summary ? { type: 'zone', summary } : { type: 'feature', collection, feature }
    this.geometry = feature.geometry
  }
}

export const detail = new Detail()
