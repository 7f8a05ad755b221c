import { data } from '../app/data.svelte'
import { haOf, num, pick } from '../i18n/index.svelte'
import { say } from './dictionary'
import type { Quantity, ZoneGroup } from './types'

export const kindName = (code: string | null): string =>
  code ? pick(data.kinds.find((each) => each.code === code)?.name) || code : say('state.none')

export const stateName = (code: string | null): string =>
  code ? pick(data.states.find((each) => each.code === code)?.name) || code : say('state.none')

/** Stated hectares with the word that makes them approximate; a dash for none. */
export function stated(quantity: Quantity | null, decimals = 2): string {
  if (!quantity) return '–'
  const number = num(quantity.value, decimals)
  return !quantity.qualifier || quantity.qualifier === 'exactly' ? number : `${say(quantity.qualifier)} ${number}`
}

/** How many of the usual kinds there are, and how many others. */
export function kindCounts(groups: readonly ZoneGroup[]): string {
  const usual = ['KCN', 'CCN'].flatMap((code) => groups.filter((each) => each.code === code))
  const others = groups.filter((each) => !usual.includes(each)).reduce((sum, each) => sum + each.sums.zones, 0)
  const counts = usual.map((each) => `${num(each.sums.zones)} ${each.code}`)
  return [...counts, ...(others > 0 ? [say('kpi.others', { n: num(others) })] : [])].join(' · ')
}

export const known = (hectares: number | null): string => (hectares === null ? '–' : haOf(hectares))

export const percent = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : num(value, 1)
