import type { Collection } from '../api/types'
import { pick, t } from '../i18n/index.svelte'

/**
 * A layer's name for narrow places: a plan by its period, and generated data
 * without the remark in brackets, which the badge already makes for all of them.
 */
export function layerName(collection: Collection): string {
  const { period, generated, title } = collection.ranh
  if (period) return t('plan.named', { period: period.replace('-', '\u2013') })
  return generated ? withoutRemark(pick(title)) : pick(title)
}

export function withoutRemark(title: string): string {
  return title.replace(/\s*\([^()]*\)$/u, '') || title
}
