import { Problem } from '../api/problem'
import type { Lang, Text } from '../api/types'
import * as format from './format'
import { vi, type Key } from './vi'

/** What was loaded; Vietnamese is there from the beginning. */
const dictionaries: Partial<Record<Lang, Record<Key, string>>> & { vi: Record<Key, string> } = { vi }

class Words {
  lang = $state<Lang>('vi')

  /** Changes the language of the screen once its words are there; where they cannot be had, it stays. */
  async set(lang: Lang): Promise<void> {
    if (lang === 'en') dictionaries.en ??= (await import('./en')).en
    this.lang = lang
    document.documentElement.lang = lang
  }
}

export const words = new Words()

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark))
}

/** The words for a key in the language of the screen. */
export function t(key: Key, values?: Record<string, string | number>): string {
  const text = wordsIn(words.lang, key)
  return values ? fill(text, values) : text
}

/** The words for a key in a language that was set before. */
export function wordsIn(lang: Lang, key: Key): string {
  return (dictionaries[lang] ?? dictionaries.vi)[key]
}

/** The words for a key that is put together at run time, or the given text. */
export function tOr(key: string, otherwise: string): string {
  return key in vi ? t(key as Key) : otherwise
}

/** A text that the server sent in both languages. */
export function pick(text: Text | string | null | undefined): string {
  if (!text) return ''
  return typeof text === 'string' ? text : text[words.lang] || text.vi || text.en
}

/** Why a request failed, short enough for the end of a sentence. */
export function why(error: unknown): string {
  if (!(error instanceof Problem)) return String(error)
  if (error.kind === 'unreachable') return t('error.short.unreachable')
  if (error.kind === 'unreadable') return t('error.short.unreadable')
  // What a planner can do about it, rather than the terms of the protocol.
  if (error.status === 401) return t('error.short.unknown')
  if (error.status === 403) return t('error.short.forbidden')
  return error.detail || error.title || String(error.status)
}

export const ha = (m2: number): string => format.hectares(m2, words.lang)
export const haOf = (hectares: number): string => format.fixed(hectares, 2, words.lang)
export const num = (value: number, decimals = 0, signed = false): string =>
  format.fixed(value, decimals, words.lang, signed)
export const pct = (share: number, decimals = 1): string => format.percent(share, words.lang, decimals)
export const day = (text: string): string => format.date(text, words.lang)
export const clock = (text: string): string => format.moment(text, words.lang)
export const degrees = (value: number, axis: 'lon' | 'lat'): string => format.degrees(value, axis, words.lang)
