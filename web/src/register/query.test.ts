import { expect, test } from 'vitest'
import { numberOf, pressed, sortingOf, toggled } from './query'

test('a head sorts one way, then the other', () => {
  expect(sortingOf(undefined)).toEqual({ column: 'name', descending: false })
  expect(pressed(sortingOf('name'), 'area')).toBe('-area')
  expect(pressed(sortingOf('-area'), 'area')).toBe('area')
  expect(pressed(sortingOf('-area'), 'commune')).toBe('commune')
})

test('codes come and go', () => {
  expect(toggled(undefined, 'KCN')).toBe('KCN')
  expect(toggled('KCN,CCN', 'KCN')).toBe('CCN')
  expect(toggled('KCN', 'CCN')).toBe('KCN,CCN')
  expect(toggled('KCN', 'KCN')).toBe('')
})

test('numbers are read with comma or point', () => {
  expect([numberOf('5,5'), numberOf(' 12 '), numberOf('x'), numberOf('-1'), numberOf('')]).toEqual(['5.5', '12', '', '', ''])
})
