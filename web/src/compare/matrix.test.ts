import { expect, test } from 'vitest'
import { inCell, matrixOf, netOf } from './matrix'
import type { Transition } from './wire'

// Squares of 100 m, counted by hand: 12 of rice become cluster, 3 dwellings; 2 of forest become cluster, 1 road; 40 stay.
const hectare = 10_000
const transitions: Transition[] = [
  { from: 'LUC', to: 'LUC', area_m2: 40 * hectare },
  { from: 'LUC', to: 'SKN', area_m2: 12 * hectare },
  { from: 'LUC', to: 'ONT', area_m2: 3 * hectare },
  { from: 'RSX', to: 'SKN', area_m2: 2 * hectare },
  { from: 'RSX', to: 'DGT', area_m2: 1 * hectare },
  { from: 'ONT', to: 'DGT', area_m2: 0.5 * hectare },
]

test('rows lose, columns gain, and both sum to all that changes', () => {
  const matrix = matrixOf(transitions, { rows: 10, columns: 10 })
  expect(matrix.columns).toEqual(['SKN', 'ONT', 'DGT'])
  expect(matrix.rows).toEqual([
    { from: 'LUC', cells: [120_000, 30_000, 0], loss_m2: 150_000 },
    { from: 'RSX', cells: [20_000, 0, 10_000], loss_m2: 30_000 },
    { from: 'ONT', cells: [0, 0, 5_000], loss_m2: 5_000 },
  ])
  expect(matrix.gains_m2).toEqual([140_000, 30_000, 15_000])
  expect(matrix.total_m2).toBe(185_000)
})

test('what has no place of its own is summed, and found again', () => {
  const matrix = matrixOf(transitions, { rows: 2, columns: 2 })
  expect(matrix.columns).toEqual(['SKN', '*'])
  expect(matrix.rows.map((row) => [row.from, ...row.cells, row.loss_m2])).toEqual([
    ['LUC', 120_000, 30_000, 150_000],
    ['*', 20_000, 15_000, 35_000],
  ])
  expect(matrix.gains_m2).toEqual([140_000, 45_000])
  expect(matrix.total_m2).toBe(185_000)
  const found = transitions.filter((each) => each.from !== each.to && inCell(each, { from: '*', to: '*' }, matrix))
  expect(found.map(({ from, to }) => `${from}-${to}`)).toEqual(['RSX-DGT', 'ONT-DGT'])
})

test('net changes sum to nothing', () => {
  const net = netOf(transitions)
  expect(net).toEqual([
    { code: 'LUC', change_m2: -150_000 },
    { code: 'RSX', change_m2: -30_000 },
    { code: 'DGT', change_m2: 15_000 },
    { code: 'ONT', change_m2: 25_000 },
    { code: 'SKN', change_m2: 140_000 },
  ])
  expect(net.reduce((sum, each) => sum + each.change_m2, 0)).toBe(0)
})

test('nothing that changes is an empty matrix', () => {
  expect(matrixOf(transitions.slice(0, 1), { rows: 3, columns: 3 })).toEqual({ columns: [], rows: [], gains_m2: [], total_m2: 0 })
})
