import { fill, words } from './index.svelte'

type Values = Record<string, string | number>

/** The words of one part of the screen. They lie with it, and are loaded with it. */
export interface Part<K extends string> {
  (key: K, values?: Values): string
  /** The words for a key that is put together at run time, or the given text. */
  or: (key: string, otherwise: string) => string
}

/** Reads a part's two dictionaries in the language of the screen. */
export function part<K extends string>(vi: Record<K, string>, en: Record<NoInfer<K>, string>): Part<K> {
  const say = (key: K, values?: Values): string => {
    const text = (words.lang === 'en' ? en : vi)[key]
    return values ? fill(text, values) : text
  }
  return Object.assign(say, { or: (key: string, otherwise: string) => (key in vi ? say(key as K) : otherwise) })
}
