import { expect, test } from 'vitest'
import { areaOf, insertVertex, moveVertex, neighbour, places, readShape, removeVertex, writeShape, type Shape } from './shape'

const odd = 0.1 + 0.2
const square = { type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [odd, 10], [0, 0]], [[2, 2], [2, 4], [4, 4], [2, 2]]] }

test('a shape comes and goes as it was, to the last bit', () => {
  const shape = readShape(square, false)
  expect(shape[0]?.map((ring) => ring.length)).toEqual([4, 3])
  expect(writeShape(shape)).toEqual(square)
  expect(JSON.stringify(writeShape(shape))).toBe(JSON.stringify(square))
  const turned = { type: 'Polygon', coordinates: square.coordinates.map((ring) => ring.map(([x, y]) => [y, x])) }
  expect(readShape(turned, true)).toEqual(shape)
  expect(writeShape(shape, true)).toEqual(turned)
})

test('a vertex moves, and the others are the very same', () => {
  const shape = readShape(square, false)
  const moved = moveVertex(shape, { polygon: 0, ring: 0, at: 1 }, [12, 0])
  expect(moved[0]?.[0]?.[1]).toEqual([12, 0])
  for (const at of [0, 2, 3]) expect(moved[0]?.[0]?.[at]).toBe(shape[0]?.[0]?.[at])
  expect(moved[0]?.[1]).toBe(shape[0]?.[1])
  expect(shape[0]?.[0]?.[1]).toEqual([10, 0])
})

test('vertices come and go, and with the third last a ring', () => {
  const shape = readShape(square, false)
  const more = insertVertex(shape, { polygon: 0, ring: 0, at: 1 }, [5, -1])
  expect(more[0]?.[0]?.slice(0, 3)).toEqual([[0, 0], [5, -1], [10, 0]])
  const less = removeVertex(more, { polygon: 0, ring: 0, at: 1 })
  expect(less).toEqual(shape)
  expect(removeVertex(shape, { polygon: 0, ring: 1, at: 0 })[0]).toHaveLength(1)
  const triangle: Shape = [[[[0, 0], [1, 0], [0, 1]]]]
  expect(removeVertex(triangle, { polygon: 0, ring: 0, at: 2 })).toEqual([])
})

test('the area is that of the shell less its holes, whichever way they run', () => {
  const shape = readShape(square, false)
  // By hand: a trapezoid of (10 + 10 − 0.3) ÷ 2 × 10, less a triangle of 2 × 2 ÷ 2.
  expect(areaOf(shape)).toBeCloseTo(98.5 - 2, 9)
  const far = shape.map((polygon) => polygon.map((ring) => ring.toReversed().map(([x, y]) => [x + 450_000, y + 2_378_000] as const)))
  expect(areaOf(far)).toBeCloseTo(96.5, 6)
})

test('the next vertex is that of the next ring in the end', () => {
  const shape = readShape(square, false)
  expect(neighbour(shape, { polygon: 0, ring: 0, at: 3 }, 1)).toEqual({ polygon: 0, ring: 1, at: 0 })
  expect(neighbour(shape, { polygon: 0, ring: 1, at: 2 }, 1)).toEqual({ polygon: 0, ring: 0, at: 0 })
  expect(neighbour(shape, null, -1)).toEqual({ polygon: 0, ring: 1, at: 2 })
  expect([...places(shape)]).toHaveLength(7)
})
