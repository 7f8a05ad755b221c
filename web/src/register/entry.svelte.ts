import { numberOf } from './query'
import type { AreaStatement, Figures, FiguresEntry, Register, ZoneRecord } from './records'

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

/** A half-yearly report being entered. */
export class Entry {
  asOf = $state('')
  document = $state('')
  reason = $state('')
  readonly lines: Line[]

  constructor(readonly register: Register, readonly tag: string, today: string) {
    this.asOf = today
    this.lines = (register.zone ?? []).map((zone) => new Line(zone))
  }

  get touched(): Line[] {
    return this.lines.filter((line) => line.touched)
  }

  get isWhole(): boolean {
    const said = this.asOf !== '' && this.document.trim() !== '' && this.reason.trim() !== ''
    return said && this.touched.length > 0 && !this.lines.some((line) => line.wrong)
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
    }
  }
}
