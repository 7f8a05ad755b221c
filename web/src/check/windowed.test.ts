import { describe, expect, test } from 'vitest'
import { scrollTo, windowOf } from './windowed'

describe('windowed list', () => {
  test('draws what is in view and a few rows around it', () => {
    // 10,000 rows of 25 px in a view of 250 px, scrolled to row 400.
    expect(windowOf(10_000, 250, 25, 10_000)).toEqual({ first: 394, end: 417, before: 9850, after: 239_575 })
  })
  test('never has more than 50 rows for the largest dock', () => {
    for (let top = 0; top < 250_000; top += 777) {
      const part = windowOf(top, 330, 25, 10_000)
      expect(part.end - part.first).toBeLessThanOrEqual(50)
      expect(part.before + (part.end - part.first) * 25 + part.after).toBe(250_000)
    }
  })
  test('stands still at both ends', () => {
    expect(windowOf(-40, 100, 25, 3)).toEqual({ first: 0, end: 3, before: 0, after: 0 })
    expect(windowOf(9999, 100, 25, 3)).toEqual({ first: 0, end: 3, before: 0, after: 0 })
    expect(windowOf(0, 100, 25, 0)).toEqual({ first: 0, end: 0, before: 0, after: 0 })
  })
  test('scrolls no more than needed', () => {
    expect(scrollTo(5, 0, 100, 25)).toBe(50)
    expect(scrollTo(1, 50, 100, 25)).toBe(25)
    expect(scrollTo(3, 50, 100, 25)).toBe(50)
  })
})
