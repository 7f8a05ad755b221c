import type { Legend } from '../api/types'
import { data } from '../app/data.svelte'
import { num, pick } from '../i18n/index.svelte'
import type { Row } from '../layers/model'
import { layerName } from '../layers/names'
import { shortName } from '../layers/short'
import { shown } from '../layers/shown.svelte'
import { say } from './dictionary'

export type LegendLine =
  | { what: 'sign'; key: string; row: Row; name: string }
  | { what: 'code'; key: string; code: string; name: string; area_m2: number }
  | { what: 'rest' | 'total'; key: string; name: string; area_m2: number }

/** What a sheet's legend says, in so many lines at the most: codes that have no room are one line, with their sum. */
export function legendLines(legend: Legend | null, seen: ReadonlySet<string>, most: number): LegendLine[] {
  const rows = shown.rows.filter((row) => row.sign !== 'land' && row.sign !== 'slivers' && shown.isOn(row) && seen.has(row.key))
  const signs = rows.map((row): LegendLine => ({ what: 'sign', key: row.key, row, name: nameOf(row) }))
  const codes = (legend?.codes ?? []).toSorted((a, b) => b.area_m2 - a.area_m2)
  if (!legend || codes.length === 0) return signs
  const lines = folded(codes, Math.max(2, most - signs.length - 1))
  return [...signs, ...lines, { what: 'total', key: 'total', name: say('sheet.total'), area_m2: legend.total_m2 }]
}

function folded(codes: Legend['codes'], most: number): LegendLine[] {
  const alone = codes.length <= most ? codes : codes.slice(0, most - 1)
  const rest = codes.slice(alone.length)
  const lines = alone.map(({ code, area_m2 }): LegendLine => ({ what: 'code', key: code, code, area_m2, name: shortName(pick(data.codes.get(code)?.name)) }))
  if (rest.length === 0) return lines
  const area_m2 = rest.reduce((sum, each) => sum + each.area_m2, 0)
  return [...lines, { what: 'rest', key: 'rest', name: say('sheet.rest', { n: num(rest.length) }), area_m2 }]
}

function nameOf(row: Row): string {
  const collection = data.byId(row.collection)
  if (row.sign === 'findings') return say('sheet.conflict')
  return row.kind === null && collection ? layerName(collection) : pick(row.title)
}
