// What the rules say of the drawing, asked while it is drawn: one question at a time, and the newest next.
import { Problem, isAborted } from '../api/problem'
import type { Finding } from '../api/types'
import { featuresOf, type Scene } from './draft'
import { judge, type Trial, type TrialInputs } from './wire'

/** Areas in hectares per code, before and after. */
export interface CodeLine {
  code: string
  before: number
  after: number
}

export interface FindingLine {
  finding: Finding
  /** Hectares before and after; null where it is not there. */
  before: number | null
  after: number | null
}

export class Judging {
  before = $state.raw<Trial | null>(null)
  after = $state.raw<Trial | null>(null)
  problem = $state.raw<unknown>(null)
  /** How many answers are still to come. */
  private waiting = $state(0)
  /** How long the last answer took, ms. */
  took_ms = $state<number | null>(null)
  private running: AbortController | null = null
  private beginning: AbortController | null = null
  private next: Scene | null = null
  private works = false

  constructor(
    private readonly collection: string,
    private readonly crs: string,
  ) {}

  get busy(): boolean {
    return this.waiting > 0
  }

  /** Asks for zones as they are. */
  async begin(zones: string[]): Promise<void> {
    this.beginning?.abort()
    if (zones.length === 0) {
      this.before = null
      return
    }
    const beginning = new AbortController()
    this.beginning = beginning
    this.waiting += 1
    try {
      const before = await judge({ collection: this.collection, zones }, beginning.signal)
      if (beginning.signal.aborted) return
      this.before = before
      this.after ??= before
    } catch (error) {
      if (!isAborted(error)) this.problem = error
    } finally {
      this.waiting -= 1
    }
  }

  /** Asks for the drawing, or remembers it until the answer to an earlier one is there. */
  ask(scene: Scene): void {
    this.next = scene
    if (!this.works) void this.work()
  }

  private async work(): Promise<void> {
    this.works = true
    this.waiting += 1
    while (this.next) {
      const scene = this.next
      this.next = null
      if (scene.drafts.every((draft) => draft.shape.length === 0)) {
        this.after = null
        continue
      }
      this.running = new AbortController()
      const begun = performance.now()
      try {
        this.after = await judge(this.inputs(scene), this.running.signal)
        this.took_ms = performance.now() - begun
        this.problem = null
      } catch (error) {
        if (!isAborted(error)) this.problem = error instanceof Problem ? error : Problem.unreachable(error)
      }
    }
    this.waiting -= 1
    this.works = false
  }

  private inputs(scene: Scene): TrialInputs {
    return { collection: this.collection, features: featuresOf(scene), crs: this.crs, removed: scene.gone.map(({ id }) => id) }
  }

  stop(): void {
    this.next = null
    this.beginning?.abort()
    this.running?.abort()
  }
}

/** Hectares per code, the largest first. */
export function codeLines(before: Trial | null, after: Trial | null, by: 'by_plan' | 'by_land_use'): CodeLine[] {
  const lines = new Map<string, CodeLine>()
  const add = (trial: Trial | null, when: 'before' | 'after') => {
    for (const { code, area_m2 } of trial?.zones.flatMap(({ state }) => state?.[by]?.by_code ?? []) ?? []) {
      const line = lines.get(code) ?? { code, before: 0, after: 0 }
      line[when] += area_m2 / 10_000
      lines.set(code, line)
    }
  }
  add(before, 'before')
  add(after, 'after')
  return [...lines.values()].sort((a, b) => Math.max(b.before, b.after) - Math.max(a.before, a.after))
}

/** Findings of both, the gravest first; those that come or go before those that stay. */
export function findingLines(before: Trial | null, after: Trial | null): FindingLine[] {
  const lines = new Map<string, FindingLine>()
  for (const finding of before?.findings ?? []) lines.set(finding.id, { finding, before: finding.area_ha, after: null })
  for (const finding of after?.findings ?? []) {
    lines.set(finding.id, { finding, before: lines.get(finding.id)?.before ?? null, after: finding.area_ha })
  }
  const stays = (line: FindingLine) => Number(line.before !== null && line.after !== null)
  const grave = (line: FindingLine) => 'BEWI'.indexOf(line.finding.severity)
  return [...lines.values()].sort((a, b) => stays(a) - stays(b) || grave(a) - grave(b) || a.finding.rule.localeCompare(b.finding.rule))
}

export const areaHa = (trial: Trial | null): number | null =>
  trial ? trial.zones.reduce((sum, { state }) => sum + (state?.area_ha ?? 0), 0) : null
