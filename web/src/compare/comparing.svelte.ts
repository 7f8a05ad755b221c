import { api } from '../api/client'
import { Problem } from '../api/problem'
import type { Bbox, Collection, ZoneRef } from '../api/types'
import { boxOf } from '../app/actions'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { inCell, matrixOf, netOf } from './matrix'
import { differenceOf, startDifference, type Change, type PlanDifference } from './wire'

const pause = 300

export interface Cell {
  from: string
  to: string
}

/** Two versions of a plan and how they differ. A and B, the place of the bar and the chosen cell stand in the address. */
class Comparing {
  a = $state<string | null>(null)
  b = $state<string | null>(null)
  /** Where the bar stands, % from the left. */
  split = $state(50)
  cell = $state.raw<Cell | null>(null)
  /** Whether every code has its row and column. */
  whole = $state(false)
  status = $state<'none' | 'running' | 'ready' | 'failed'>('none')
  percent = $state(0)
  problem = $state.raw<unknown>(null)
  difference = $state.raw<PlanDifference | null>(null)
  private job: string | null = null
  private round = 0

  /** By day of approval, the oldest first: versions in time. */
  versions = $derived<Collection[]>(data.plans.toSorted((x, y) => (x.ranh.approved_on ?? x.ranh.period ?? '').localeCompare(y.ranh.approved_on ?? y.ranh.period ?? '')))
  matrix = $derived(matrixOf(this.difference?.matrix ?? [], this.whole ? { rows: Infinity, columns: Infinity } : { rows: 9, columns: 6 }))
  net = $derived(netOf(this.difference?.matrix ?? []))
  /** The places of the chosen cell, the largest first. */
  places = $derived.by<Change[]>(() => {
    const { cell } = this
    if (!cell || !this.difference) return []
    const found = this.difference.changes.features.filter((each) => inCell(each.properties, cell, this.matrix))
    return found.toSorted((x, y) => y.properties.area_m2 - x.properties.area_m2)
  })

  /** Takes over what the address says, else the plan in force beside the version before it. */
  begin(): void {
    const [a, b, split, cell] = (view.more.get('cmp') ?? '').split(',')
    const inForce = data.plans.find((plan) => plan.ranh.in_force) ?? this.versions.at(-1)
    const at = this.versions.findIndex((plan) => plan.id === inForce?.id)
    const other = this.versions[at - 1] ?? this.versions.find((plan) => plan.id !== inForce?.id)
    this.a = data.byId(a)?.id ?? other?.id ?? null
    this.b = data.byId(b)?.id ?? inForce?.id ?? null
    const share = Number(split)
    if (split && share >= 0 && share <= 100) this.split = share
    const [from, to] = (cell ?? '').split(':')
    this.cell = from && to ? { from, to } : null
    this.note()
    void this.run()
  }

  choose(side: 'a' | 'b', id: string): void {
    if (side === 'a') this.a = id
    else this.b = id
    this.cell = null
    this.note()
    void this.run()
  }

  exchange(): void {
    ;[this.a, this.b] = [this.b, this.a]
    this.cell = this.cell && { from: this.cell.to, to: this.cell.from }
    this.note()
    void this.run()
  }

  pick(cell: Cell | null): void {
    const same = cell && this.cell && cell.from === this.cell.from && cell.to === this.cell.to
    this.cell = same ? null : cell
    this.note()
    const box = this.cell && around(this.places)
    if (box) view.target = box
  }

  /** Writes into the address what a link has to bring back. */
  note(): void {
    if (!this.a || !this.b) return
    const cell = this.cell ? `${this.cell.from}:${this.cell.to}` : ''
    view.more.set('cmp', [this.a, this.b, Math.round(this.split), cell].filter((part) => part !== '').join(','))
  }

  async run(): Promise<void> {
    const { a, b } = this
    this.stop()
    const round = (this.round += 1)
    this.difference = null
    this.problem = null
    if (!a || !b || a === b) {
      this.status = 'none'
      return
    }
    this.status = 'running'
    this.percent = 0
    try {
      const difference = await this.ask(a, b, round)
      if (round !== this.round || !difference) return
      this.difference = difference
      this.status = 'ready'
    } catch (error) {
      if (round !== this.round) return
      this.problem = error instanceof Problem ? error : Problem.unreachable(error)
      this.status = 'failed'
    }
  }

  private async ask(a: string, b: string, round: number): Promise<PlanDifference | null> {
    let job = await startDifference(a, b)
    this.job = job.jobID
    while (job.status === 'accepted' || job.status === 'running') {
      await new Promise((resolve) => window.setTimeout(resolve, pause))
      if (round !== this.round) return null
      job = await api.job(job.jobID)
      this.percent = job.progress
    }
    this.job = null
    return job.status === 'dismissed' ? null : differenceOf(job.jobID)
  }

  /** Stops the work on the server, too. */
  stop(): void {
    this.round += 1
    if (this.job) void api.dismiss(this.job).catch(() => undefined)
    this.job = null
    if (this.status === 'running') this.status = 'none'
  }

  end(): void {
    this.stop()
    this.difference = null
    this.status = 'none'
    view.more.delete('cmp')
  }
}

/** The box around changes. */
export function around(changes: readonly Change[]): Bbox | null {
  return boxOf({ geometries: changes.flatMap((each) => each.geometry ?? []) })
}

/** Selects a zone and goes there. */
export async function openZoneOf({ id }: ZoneRef): Promise<void> {
  const summary = await api.zoneSummary(id)
  const { collection } = summary.zone
  if (typeof collection === 'string') view.select({ type: 'feature', collection, id })
  if (summary.bbox) view.target = summary.bbox
}

export const comparing = new Comparing()
