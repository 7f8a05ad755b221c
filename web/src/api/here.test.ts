import { expect, test } from 'vitest'
import { here, rootOf } from './here'

test('paths begin where the page is', () => {
  expect(rootOf('http://localhost:8080/#12/21/107')).toBe('')
  expect(rootOf('https://maps.example/qh/ranh/?x=/a/b#/c')).toBe('/qh/ranh')
  expect(rootOf('https://maps.example/qh/index.html')).toBe('/qh')
})

test('whole addresses stay', () => {
  expect(here('https://maps.example/style')).toBe('https://maps.example/style')
  expect(here('/style')).toBe('/style')
})
