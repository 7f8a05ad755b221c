import type { Transition } from './wire'

/** Stands for every code that has no row or column of its own. */
export const rest = '*'

export interface Row {
  from: string
  /** m² to each of the columns, in their order. */
  cells: number[]
  /** Their sum: what the code loses. */
  loss_m2: number
}

export interface Matrix {
  columns: string[]
  rows: Row[]
  /** What each column gains, m². */
  gains_m2: number[]
  /** All that changes its code; the sum of the rows and of the columns. */
  total_m2: number
}

/** The change of one code: what it gains less what it loses. */
export interface Net {
  code: string
  change_m2: number
}

function sums(changes: readonly Transition[], key: 'from' | 'to'): Map<string, number> {
  const all = new Map<string, number>()
  for (const each of changes) all.set(each[key], (all.get(each[key]) ?? 0) + each.area_m2)
  return all
}

const largest = (all: ReadonlyMap<string, number>): string[] =>
  [...all].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([code]) => code)

/** A list of which at most `most` stand alone; the others share the last place. */
function shortened(codes: string[], most: number): string[] {
  return codes.length <= most ? codes : [...codes.slice(0, most - 1), rest]
}

/** What changes, from code to code: the largest first, the rest summed, so that every sum is that of all changes. */
export function matrixOf(transitions: readonly Transition[], most: { rows: number; columns: number }): Matrix {
  const changes = transitions.filter(({ from, to, area_m2 }) => from !== to && area_m2 > 0)
  const columns = shortened(largest(sums(changes, 'to')), most.columns)
  const froms = shortened(largest(sums(changes, 'from')), most.rows)
  const [rowAt, columnAt] = [place(froms), place(columns)]
  const rows = froms.map((from): Row => ({ from, cells: columns.map(() => 0), loss_m2: 0 }))
  for (const { from, to, area_m2 } of changes) {
    const row = rows[rowAt(from)]!
    row.cells[columnAt(to)]! += area_m2
    row.loss_m2 += area_m2
  }
  const gains_m2 = columns.map((_, at) => rows.reduce((sum, row) => sum + row.cells[at]!, 0))
  return { columns, rows, gains_m2, total_m2: rows.reduce((sum, row) => sum + row.loss_m2, 0) }
}

function place(codes: string[]): (code: string) => number {
  const at = new Map(codes.map((code, index) => [code, index]))
  return (code) => at.get(code) ?? codes.length - 1
}

/** Whether a change belongs to a cell, that of the rest too. */
export function inCell({ from, to }: { from: string; to: string }, cell: { from: string; to: string }, matrix: Matrix): boolean {
  const belongs = (code: string, wanted: string, own: readonly string[]) => (wanted === rest ? !own.includes(code) : code === wanted)
  return belongs(from, cell.from, matrix.rows.map((row) => row.from)) && belongs(to, cell.to, matrix.columns)
}

/** What each code gains or loses in the end, the greatest loss first; their sum is nothing. */
export function netOf(transitions: readonly Transition[]): Net[] {
  const changes = transitions.filter(({ from, to }) => from !== to)
  const [lost, gained] = [sums(changes, 'from'), sums(changes, 'to')]
  const codes = [...new Set([...lost.keys(), ...gained.keys()])]
  return codes
    .map((code) => ({ code, change_m2: (gained.get(code) ?? 0) - (lost.get(code) ?? 0) }))
    .toSorted((a, b) => a.change_m2 - b.change_m2 || (a.code < b.code ? -1 : 1))
}
