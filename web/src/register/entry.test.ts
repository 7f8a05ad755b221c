import { expect, test } from 'vitest'
import { Entry, latest } from './entry.svelte'
import type { Register } from './records'

const source = { document: 'd' }
const exactly = (value: number) => ({ value, qualifier: 'exactly' as const })
const register: Register = {
  id: 'r',
  title: { vi: 'r', en: 'r' },
  zone: [
    { id: 'A', name: 'A', kind: 'CCN', area: [
      { as_of: '2025-12-14', industrial_ha: exactly(196), leased_ha: exactly(98), source },
      { as_of: '2025-06-14', industrial_ha: exactly(150), leased_ha: exactly(50), source },
    ] },
    { id: 'B', name: 'B', kind: 'CCN' },
  ],
}

test('the latest statement counts, of equal days the last', () => {
  expect(latest([{ as_of: '2025', n: 1 }, { as_of: '2024', n: 2 }, { as_of: '2025', n: 3 }])?.n).toBe(3)
  expect(latest(undefined)).toBeNull()
})

test('only what was typed is sent, with the other area of the same zone', () => {
  const entry = new Entry(register, 'W/"1"', '2026-06-14')
  const [a, b] = entry.lines
  if (!a || !b) throw new Error('two lines')
  expect(entry.sums).toEqual({ industrial: 196, leased: 98, percent: 50 })
  a.leased = '108,7'
  a.stated = '51,6'
  expect(a.computed_percent?.toFixed(2)).toBe('55.46')
  expect(entry.isWhole).toBe(false)
  entry.document = 'BC 15'
  entry.reason = 'A. Nguyễn'
  expect(entry.isWhole).toBe(true)
  expect(entry.body).toEqual({
    as_of: '2026-06-14', document: 'BC 15', document_title: 'BC 15', reason: 'A. Nguyễn',
    zones: [{ zone: 'A', industrial_ha: 196, leased_ha: 108.7, stated_percent: 51.6 }],
  })
  b.leased = 'x'
  expect(entry.isWhole).toBe(false)
  b.leased = '1'
  expect(entry.body.zones[1]).toEqual({ zone: 'B', leased_ha: 1 })
})
