import { data } from '../app/data.svelte'
import { day, num, pick } from '../i18n/index.svelte'

/** A property as a person reads it: codes with their names, dates, areas. */
export function propertyText(key: string, value: unknown): string {
  if (typeof value === 'number') return key.endsWith('_ha') ? num(value, 2) : String(value)
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (key === 'kind') return pick(data.kinds.find((each) => each.code === text)?.name) || text
  if (key === 'state') return pick(data.states.find((each) => each.code === text)?.name) || text
  if (key === 'code') {
    const name = pick(data.codes.get(text)?.name)
    return name ? `${text} · ${name}` : text
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text
}
