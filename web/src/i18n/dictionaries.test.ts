import { describe, expect, test } from 'vitest'
import { en } from './en'
import { vi } from './vi'

interface Pair {
  vi: Record<string, string>
  en: Record<string, string>
}

/** The dictionaries of the parts lie with them. */
const parts = import.meta.glob<Pair>('../*/dictionary.ts', { eager: true })
const all = Object.entries({ ...parts, base: { vi, en } }) as [string, Pair][]

const marks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('the dictionaries of the parts are found', () => {
  expect(Object.keys(parts)).toContain('../import/dictionary.ts')
})

describe.each(all)('the dictionary %s', (_, { vi, en }) => {
  const keys = Object.keys(vi)
  test('has the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
  })
  test.each(keys)('has words and the same marks for %s', (key) => {
    const [ours, theirs] = [vi[key] ?? '', en[key] ?? '']
    expect(ours.trim()).not.toBe('')
    expect(theirs.trim()).not.toBe('')
    expect(marks(theirs)).toEqual(marks(ours))
  })
  test('is written with composed letters', () => {
    for (const key of keys) expect(vi[key]).toBe(vi[key]?.normalize('NFC'))
  })
})
