import type { Collection } from '../api/types'
import { data } from '../app/data.svelte'
import { day, pick, t } from '../i18n/index.svelte'

/**
 * A layer's name for narrow places: a plan by its period, and generated data
 * without the remark in brackets, which the badge already makes for all of them.
 * Versions of the same units are told apart by their day, which stands first, where it is never cut off.
 */
export function layerName(collection: Collection): string {
  const { period, generated, title, as_of } = collection.ranh
  if (period) return t('plan.named', { period: period.replace('-', '\u2013') })
  const name = generated ? withoutRemark(pick(title)) : pick(title)
  const isTwin = (other: Collection) => other.id !== collection.id && other.ranh.role === 'admin' && pick(other.ranh.title) === pick(title)
  return collection.ranh.role === 'admin' && as_of && data.layers.some(isTwin) ? `${day(as_of)} · ${name}` : name
}

export function withoutRemark(title: string): string {
  return title.replace(/\s*\([^()]*\)$/u, '') || title
}
