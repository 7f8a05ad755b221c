import { SvelteSet } from 'svelte/reactivity'
import { api } from '../api/client'
import type { Bbox, Finding, Severity } from '../api/types'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { pick } from '../i18n/index.svelte'
import { mapState } from '../map/state.svelte'
import { communes, mostAsked } from './communes.svelte'
import { groupFindings, lines, type GroupBy, type Line } from './group'

const page = 2000
const most = 20_000

/** The findings of the last check, and how the list shows them. */
class Findings {
  status = $state<'loading' | 'ready' | 'error'>('loading')
  problem = $state.raw<unknown>(null)
  all = $state.raw<Finding[]>([])
  total = $state(0)
  running = $state(false)

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

  /** Runs the check anew and reads its findings. */
  async run(): Promise<number> {
    this.running = true
    try {
      await api.runCheck(null)
      await data.refresh()
      await this.load()
      return this.total
    } finally {
      this.running = false
    }
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
