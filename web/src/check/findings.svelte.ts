import { SvelteSet } from 'svelte/reactivity'
import { api } from '../api/client'
import type { Bbox, Finding, Findings as FindingList, Severity } from '../api/types'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { pick } from '../i18n/index.svelte'
import { mapState } from '../map/state.svelte'
import { communes, mostAsked } from './communes.svelte'
import { groupFindings, lines, type GroupBy, type Line } from './group'

/** Between two looks at a job, ms. */
const pause = 200
const page = 2000
const most = 20_000

/** What a check is asked to judge; what is left out is all, or the newest. */
export interface CheckInputs {
  zones?: string[]
  rules?: string[]
  plan?: string
  pack?: string
  date?: string
}

/** The findings of the last check, and how the list shows them. */
class Findings {
  status = $state<'loading' | 'ready' | 'error'>('loading')
  problem = $state.raw<unknown>(null)
  all = $state.raw<Finding[]>([])
  total = $state(0)
  running = $state(false)
  /** How far the check is, %. */
  progress = $state(0)
  private job: string | null = null

  groupBy = $state<GroupBy>('zone')
  onlyInView = $state(false)
  /** Whether those that were waived or mended are left out. */
  onlyOpen = $state(false)
  /** Severities that are filtered out. */
  muted = new SvelteSet<Severity>()
  closed = new SvelteSet<string>()

  byId = $derived(new Map(this.all.map((finding) => [finding.id, finding])))
  hasCommunes = $derived(
    this.all.some((finding) => finding.commune) ||
      (this.all.length <= mostAsked && data.layers.some((each) => each.ranh.role === 'admin')),
  )
  filtered = $derived.by(() => {
    const box = this.onlyInView ? mapState.bounds : null
    const shown = (each: Finding) => !this.muted.has(each.severity) && (!this.onlyOpen || isOpen(each))
    return this.all.filter((each) => shown(each) && (!box || (each.bbox !== null && overlaps(each.bbox, box))))
  })
  groups = $derived(groupFindings(this.filtered, this.groupBy, names))
  lines = $derived<Line[]>(lines(this.groups, this.closed))
  /** The findings in the order of the list, closed groups included, for J and K. */
  walk = $derived(this.groups.flatMap((group) => group.findings))

  async load(): Promise<void> {
    this.status = 'loading'
    try {
      const found: Finding[] = []
      let matched = 0
      do {
        const answer = await api.findings(found.length, page)
        found.push(...answer.findings)
        matched = answer.numberMatched
        if (answer.findings.length === 0) break
      } while (found.length < Math.min(matched, most))
      this.all = found
      this.total = matched
      this.status = 'ready'
    } catch (error) {
      this.problem = error
      this.status = 'error'
    }
  }

  /**
   * Runs a check as a job and answers with what it said; null when it was cancelled. What the store keeps of it is read
   * anew; a check of chosen zones is not kept.
   */
  async run(inputs: CheckInputs = {}): Promise<FindingList | null> {
    this.running = true
    this.progress = 0
    try {
      let job = await api.start('check', inputs)
      this.job = job.jobID
      while (job.status === 'accepted' || job.status === 'running') {
        await new Promise((resolve) => window.setTimeout(resolve, pause))
        job = await api.job(job.jobID)
        this.progress = job.progress
      }
      if (job.status === 'dismissed') return null
      const said = await api.result<FindingList>(job.jobID)
      if (!inputs.zones?.length) {
        await data.refresh()
        await this.load()
      }
      return said
    } finally {
      this.running = false
      this.job = null
    }
  }

  /** Stops the check that is under way; the one before stays. */
  cancel(): void {
    if (this.job) void api.dismiss(this.job).catch(() => undefined)
  }

  /** Puts a finding in the place of the one of its id, after something has happened to it. */
  replace(finding: Finding): void {
    this.all = this.all.map((each) => (each.id === finding.id ? finding : each))
  }

  /** Opens the group of a finding, so that its row is in the list. */
  reveal(finding: Finding): void {
    const group = this.groups.find((each) => each.findings.some(({ id }) => id === finding.id))
    if (group) this.closed.delete(group.key)
  }

  /** The finding `step` places on from the selected one in the list. */
  neighbour(step: 1 | -1): Finding | undefined {
    const at = this.walk.findIndex((each) => view.selection?.type === 'finding' && each.id === view.selection.id)
    if (at < 0) return step > 0 ? this.walk[0] : this.walk.at(-1)
    return this.walk[at + step]
  }
}

/** Whether somebody has still to do something about a finding. */
export function isOpen(finding: Finding): boolean {
  return finding.standing.state === 'new' || finding.standing.state === 'reviewing'
}

const names = { rule: (id: string) => pick(data.rules.get(id)?.name), commune: communes.nameOf }

function overlaps(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
}

export const findings = new Findings()
