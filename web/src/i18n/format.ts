import type { Lang } from '../api/types'

const locales: Record<Lang, string> = { vi: 'vi-VN', en: 'en-GB' }
const cache = new Map<string, Intl.NumberFormat>()

/** A number with fixed decimals, the language's separators and a true minus. */
export function fixed(value: number, decimals: number, lang: Lang, signed = false): string {
  const key = `${lang} ${decimals} ${signed}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locales[lang], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      // A plain '+' only where a difference is meant; no sign on zero.
      signDisplay: signed ? 'exceptZero' : 'negative',
      useGrouping: true,
    })
    cache.set(key, format)
  }
  return format.format(value).replace('-', '\u2212')
}

export const hectares = (m2: number, lang: Lang): string => fixed(m2 / 10_000, 2, lang)
export const percent = (share: number, lang: Lang, decimals = 1): string => fixed(share * 100, decimals, lang)
export const whole = (value: number, lang: Lang): string => fixed(value, 0, lang)

/** Degrees with the hemisphere: 21,05000° B in Vietnamese, 21.05000° N in English. */
export function degrees(value: number, axis: 'lon' | 'lat', lang: Lang): string {
  const letters = { vi: { lat: 'BN', lon: 'ĐT' }, en: { lat: 'NS', lon: 'EW' } }[lang][axis]
  return `${fixed(Math.abs(value), 5, lang)}° ${letters[value < 0 ? 1 : 0]}`
}

/** A calendar date as the language writes it; anything else is left as it came. */
export function date(text: string, lang: Lang): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
  if (!match) return text
  const [, year, month, day] = match
  return lang === 'vi' ? `${day}/${month}/${year}` : `${year}-${month}-${day}`
}

/** The time of day, with the date in front unless it is today's. */
export function moment(text: string, lang: Lang, now = new Date()): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const clock = at.toLocaleTimeString(locales[lang], { hour: '2-digit', minute: '2-digit' })
  if (at.toDateString() === now.toDateString()) return clock
  return `${clock}, ${at.toLocaleDateString(locales[lang])}`
}
