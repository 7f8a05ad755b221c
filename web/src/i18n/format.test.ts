import { describe, expect, test } from 'vitest'
import { date, degrees, fixed, hectares, moment, percent } from './format'

describe('numbers', () => {
  test('Vietnamese groups by dots and has a decimal comma', () => {
    expect(fixed(1234.56, 2, 'vi')).toBe('1.234,56')
    expect(fixed(1_874_520, 0, 'vi')).toBe('1.874.520')
  })
  test('English groups by commas and has a decimal point', () => {
    expect(fixed(1234.56, 2, 'en')).toBe('1,234.56')
  })
  test('the minus is U+2212, in both languages', () => {
    expect(fixed(-0.52, 2, 'vi')).toBe('\u22120,52')
    expect(fixed(-1234.5, 1, 'en')).toBe('\u22121,234.5')
  })
  test('differences carry a sign, zero does not', () => {
    expect(fixed(0.52, 2, 'vi', true)).toBe('+0,52')
    expect(fixed(0, 2, 'vi', true)).toBe('0,00')
  })
  test('square metres become hectares with two decimals', () => {
    expect(hectares(3_455_200, 'vi')).toBe('345,52')
    expect(hectares(49, 'vi')).toBe('0,00')
  })
  test('shares become per cent', () => {
    expect(percent(0.0697, 'vi')).toBe('7,0')
    expect(percent(1, 'en')).toBe('100.0')
  })
})

describe('places and dates', () => {
  test('hemispheres are named in the language', () => {
    expect(degrees(21.05, 'lat', 'vi')).toBe('21,05000° B')
    expect(degrees(107.25, 'lon', 'vi')).toBe('107,25000° Đ')
    expect(degrees(-3.5, 'lat', 'en')).toBe('3.50000° S')
  })
  test('dates are written as each language writes them', () => {
    expect(date('2021-05-12', 'vi')).toBe('12/05/2021')
    expect(date('2021-05-12', 'en')).toBe('2021-05-12')
    expect(date('quý II', 'vi')).toBe('quý II')
  })
  test('a time of today has no date', () => {
    const at = new Date(2026, 10, 22, 9, 42)
    expect(moment(at.toISOString(), 'vi', new Date(2026, 10, 22, 18))).toBe('09:42')
    expect(moment(at.toISOString(), 'vi', new Date(2026, 10, 23, 1))).toBe('09:42, 22/11/2026')
  })
})
