import { numberOf } from './query'
import type { AreaStatement, Figures, FiguresEntry, ProjectFigures, ProjectRecord, Register, ZoneRecord } from './records'

/** The latest of statements, the last written among equals. */
export function latest<T extends { as_of: string }>(statements: readonly T[] | undefined): T | null {
  return (statements ?? []).reduce<T | null>((best, each) => (best === null || each.as_of >= best.as_of ? each : best), null)
}

/** The figures of one zone as somebody types them. */
export class Line {
  industrial = $state('')
  leased = $state('')
  stated = $state('')
  readonly before: AreaStatement | null

  constructor(readonly zone: ZoneRecord) {
    this.before = latest(zone.area)
  }

  private typed(text: string): number | null {
    const plain = numberOf(text)
    return plain === '' ? null : Number(plain)
  }

  /** What was typed but cannot be read. */
  get wrong(): boolean {
    return [this.industrial, this.leased, this.stated].some((text) => text.trim() !== '' && this.typed(text) === null)
  }

  /** As typed, else as the register has it. */
  get industrial_ha(): number | null {
    return this.typed(this.industrial) ?? this.before?.industrial_ha?.value ?? null
  }

  get leased_ha(): number | null {
    return this.typed(this.leased) ?? this.before?.leased_ha?.value ?? null
  }

  get stated_percent(): number | null {
    return this.typed(this.stated)
  }

  get computed_percent(): number | null {
    return this.industrial_ha && this.leased_ha !== null ? (this.leased_ha / this.industrial_ha) * 100 : null
  }

  get touched(): boolean {
    return [this.industrial, this.leased, this.stated].some((text) => text.trim() !== '')
  }

  /** What is sent: both areas together, so that a rate can be computed of one statement. */
  get figures(): Figures {
    const areas = this.typed(this.industrial) !== null || this.typed(this.leased) !== null
    return {
      zone: this.zone.id,
      ...(areas && this.industrial_ha !== null ? { industrial_ha: this.industrial_ha } : {}),
      ...(areas && this.leased_ha !== null ? { leased_ha: this.leased_ha } : {}),
      ...(this.stated_percent !== null ? { stated_percent: this.stated_percent } : {}),
    }
  }
}

const billion = 1e9

/** A project as somebody types it: one that the register has, or a new one. */
export class ProjectLine {
  name = $state('')
  zone = $state('')
  status = $state('registered')
  land = $state('')
  capital = $state('')

  constructor(readonly before: ProjectRecord | null) {
    if (!before) return
    this.name = before.name
    this.zone = before.zone ?? ''
    this.status = before.status
  }

  private number(text: string): number | null {
    const plain = numberOf(text)
    return plain === '' ? null : Number(plain)
  }

  get wrong(): boolean {
    const unread = [this.land, this.capital].some((text) => text.trim() !== '' && this.number(text) === null)
    return unread || (this.touched && (this.name.trim() === '' || this.zone === ''))
  }

  get touched(): boolean {
    const typed = this.land.trim() !== '' || this.capital.trim() !== ''
    return typed || (this.before ? this.status !== this.before.status || this.name !== this.before.name : this.name.trim() !== '')
  }

  /** What is sent. What is not typed stays as it was. */
  get figures(): ProjectFigures {
    const [land, capital] = [this.number(this.land), this.number(this.capital)]
    return {
      ...(this.before ? { id: this.before.id } : {}),
      name: this.name.trim(),
      zone: this.zone,
      status: this.status,
      ...(land !== null ? { land_ha: land } : {}),
      ...(capital !== null ? { capital_vnd: capital * billion } : {}),
    }
  }
}

/** A half-yearly report being entered. */
export class Entry {
  asOf = $state('')
  document = $state('')
  reason = $state('')
  readonly lines: Line[]
  projects = $state<ProjectLine[]>([])

  constructor(readonly register: Register, readonly tag: string, today: string) {
    this.asOf = today
    this.lines = (register.zone ?? []).map((zone) => new Line(zone))
    this.projects = (register.project ?? []).filter((each) => each.zone).map((each) => new ProjectLine(each))
  }

  get touched(): Line[] {
    return this.lines.filter((line) => line.touched)
  }

  get touchedProjects(): ProjectLine[] {
    return this.projects.filter((line) => line.touched)
  }

  get isWhole(): boolean {
    const said = this.asOf !== '' && this.document.trim() !== '' && this.reason.trim() !== ''
    const some = this.touched.length > 0 || this.touchedProjects.length > 0
    return said && some && ![...this.lines, ...this.projects].some((line) => line.wrong)
  }

  get sums(): { industrial: number; leased: number; percent: number | null } {
    let [industrial, leased] = [0, 0]
    for (const line of this.lines) {
      if (line.industrial_ha === null || line.leased_ha === null) continue
      industrial += line.industrial_ha
      leased += line.leased_ha
    }
    return { industrial, leased, percent: industrial > 0 ? (leased / industrial) * 100 : null }
  }

  get body(): FiguresEntry {
    return {
      as_of: this.asOf,
      document: this.document.trim(),
      document_title: this.document.trim(),
      reason: this.reason.trim(),
      zones: this.touched.map((line) => line.figures),
      ...(this.touchedProjects.length > 0 ? { projects: this.touchedProjects.map((line) => line.figures) } : {}),
    }
  }
}
