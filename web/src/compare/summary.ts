import { crsName } from '../app/crs'
import { data } from '../app/data.svelte'
import { ha, num } from '../i18n/index.svelte'
import { layerName } from '../layers/names'
import { comparing } from './comparing.svelte'
import { say } from './dictionary'

const nameOf = (id: string | null): string => {
  const plan = data.byId(id)
  return plan ? layerName(plan) : (id ?? '')
}

/** What changes, short enough for a mail. */
export function summary(): string {
  const difference = comparing.difference
  if (!difference) return ''
  const changes = difference.matrix.filter((each) => each.from !== each.to).toSorted((x, y) => y.area_m2 - x.area_m2)
  const lines = changes.map(({ from, to, area_m2 }) => `${from} → ${to}: ${ha(area_m2)}`)
  const net = comparing.net.map(({ code, change_m2 }) => `${code} ${num(change_m2 / 10_000, 2, true)}`)
  const zones = difference.newly_in_conflict.map((zone) => `- ${zone.name} (${zone.id})`)
  return [
    say('summary.head', { a: nameOf(comparing.a), b: nameOf(comparing.b), crs: crsName(difference.crs) }),
    say('summary.total', { ha: ha(comparing.matrix.total_m2) }),
    ...lines,
    '',
    `${say('net.title')}: ${net.join('; ')}`,
    '',
    `${say('new.title')}:`,
    ...(zones.length > 0 ? zones : [say('new.none')]),
    location.href,
  ].join('\n')
}

/** Every pair of codes with its hectares, for a table: as numbers are written in CSV everywhere. */
export function csv(): string {
  const lines = (comparing.difference?.matrix ?? []).map(({ from, to, area_m2 }) => [from, to, (area_m2 / 10_000).toFixed(4)].join(','))
  return `\ufefffrom,to,area_ha\r\n${lines.join('\r\n')}\r\n`
}
