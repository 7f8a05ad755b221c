import { expect, test } from 'vitest'
import { Edges } from './snapping'

const lines = [
  { collection: 'plan', feature: 'p1', coordinates: [[0, 0], [100.000000001, 0], [100, 100]] as [number, number][] },
  { collection: 'communes', feature: 'c1', coordinates: [[0, 3], [200, 3]] as [number, number][] },
]
const all = () => true
const metres = [1, 1] as const

test('a vertex within reach goes before an edge that is nearer, and is what it was to the last bit', () => {
  const snap = new Edges(lines).nearest([98, 1], 5, metres, all)
  expect(snap).toMatchObject({ kind: 'vertex', collection: 'plan', feature: 'p1' })
  expect(snap?.vertex).toEqual([100.000000001, 0])
})

test('an edge is met at its nearest point', () => {
  const snap = new Edges(lines).nearest([50, 1], 5, metres, all)
  // 1 m to the plan's edge below, 2 m to the commune's above.
  expect(snap).toMatchObject({ kind: 'edge', collection: 'plan', distance_m: 1 })
  expect(snap?.vertex[0]).toBeCloseTo(50, 9)
  expect(snap?.vertex[1]).toBeCloseTo(0, 9)
})

test('what is too far or not wanted is not met', () => {
  const edges = new Edges(lines)
  expect(edges.nearest([50, 20], 5, metres, all)).toBeNull()
  expect(edges.nearest([50, 1], 5, metres, (collection) => collection !== 'plan')?.collection).toBe('communes')
  expect(edges.count).toBe(3)
})

test('degrees are measured as they are on the ground', () => {
  // At 60° a degree of longitude is half as long: 1e-4 degrees east are 5.6 m, north 11.1 m.
  const north = { collection: 'a', feature: 'n', coordinates: [[0, 60.0001], [0, 61]] as [number, number][] }
  const east = { collection: 'a', feature: 'e', coordinates: [[0.0001, 60], [1, 60]] as [number, number][] }
  const snap = new Edges([north, east]).nearest([0, 60], 20, [111_320 / 2, 111_320], all)
  expect(snap?.feature).toBe('e')
  expect(snap?.distance_m).toBeCloseTo(5.566, 3)
})
