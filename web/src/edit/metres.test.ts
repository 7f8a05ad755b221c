import { expect, test } from 'vitest'
import { readMetres, readNumber, writeMetres } from './metres'

test.each([
  ['2.328.823,440', 2328823.44],
  ['2,328,823.440', 2328823.44],
  ['2328823,44', 2328823.44],
  ['2328823.44', 2328823.44],
  [' 2 328 823,44 ', 2328823.44],
  ['2.328.823', 2328823],
  ['450.123', 450123],
  ['450123,4', 450123.4],
  ['−5', -5],
])('%s is %d', (text, metres) => expect(readMetres(text)).toBe(metres))

test.each(['', 'a', '1,2,3.4.5', '12 m', '1e5'])('%s is none', (text) => expect(readMetres(text)).toBeNull())

test('what is written is read back', () => {
  expect(writeMetres(2328823.4386)).toBe('2.328.823,439')
  expect(readMetres(writeMetres(2328823.439))).toBe(2328823.439)
})

test.each([
  ['12,5', 12.5],
  ['12.5', 12.5],
  ['1.234,56', 1234.56],
  ['1,234.56', 1234.56],
  ['', null],
  ['12 ha', undefined],
  ['-3', undefined],
])('%s is %s hectares', (text, value) => expect(readNumber(text)).toBe(value))
