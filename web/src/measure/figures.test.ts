// Expected values: pyproj 3.7.2 (PROJ 9.5.1) `Geod` on WGS 84 for the ellipsoid, and its EPSG:9215 with shapely for the plane.
import { expect, test } from 'vitest'
import type { Position } from '../api/types'
import { planeOf } from '../geodesy/planes'
import { crossesItself, measure } from './figures'

const plane = planeOf('EPSG:9215')
if (!plane) throw new Error('no plane')
const small: Position[] = [[107.2, 21], [107.25, 21], [107.25, 21.05]]
const large: Position[] = [[103.47, 22.386], [106.7615, 21.8537], [109.2197, 13.782], [104.83, 8.61]]

test('a shape of 1,439 ha', () => {
  const { area, length, sides } = measure(small, true, plane)
  expect(area?.geodesic).toBeCloseTo(14_389_160.9265, 3)
  expect(area?.planar).toBeCloseTo(14_386_184.1904, 2)
  expect(length.geodesic).toBeCloseTo(18_327.90030189, 6)
  expect(length.planar).toBeCloseTo(18_326.00588125, 4)
  expect(sides.map((side) => side.planar).slice(0, 2)).toEqual([expect.closeTo(5197.98295931, 4), expect.closeTo(5535.29493226, 4)])
})

test('a shape as large as the country, where the plane is off by four parts in a thousand', () => {
  const { area } = measure(large, true, plane)
  expect(area?.geodesic).toBeCloseTo(546_596_267_575.23, 0)
  expect((area?.planar ?? 0) / 544_400_282_594.43).toBeCloseTo(1, 9)
})

test('a line has lengths and no area', () => {
  const { area, length, sides } = measure(large, false, plane)
  expect(area).toBeNull()
  expect(sides).toHaveLength(3)
  expect(length.geodesic).toBeCloseTo(2_021_506.42574166, 4)
  expect(length.planar).toBeCloseTo(344_880.81795965 + 930_575.69428157 + 746_416.59170493, 2)
})

test('sides that cross are told, those that meet at a corner are not', () => {
  expect(crossesItself(small)).toBe(false)
  expect(crossesItself([[0, 0], [1, 1], [1, 0], [0, 1]])).toBe(true)
  expect(crossesItself([[0, 0], [1, 0], [1, 1], [0, 1]])).toBe(false)
})
