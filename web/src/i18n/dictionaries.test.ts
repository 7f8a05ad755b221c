import { describe, expect, test } from 'vitest'
import { en } from './en'
import { vi, type Key } from './vi'

const keys = Object.keys(vi) as Key[]
const marks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('dictionaries', () => {
  test('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
  })
  test.each(keys)('%s has words and the same marks in both', (key) => {
    expect(vi[key].trim()).not.toBe('')
    expect(en[key].trim()).not.toBe('')
    expect(marks(en[key])).toEqual(marks(vi[key]))
  })
  test('are written with composed letters', () => {
    for (const key of keys) expect(vi[key]).toBe(vi[key].normalize('NFC'))
  })
})
