// By PROJ (`cs2cs`) the frame reaches from 494,608 to 504,998 m east and from 2,322,957 to 2,334,027 m north.
import { expect, test } from 'vitest'
import type { Position } from '../api/types'
import { planeOf } from '../geodesy/planes'
import { gridLabel } from './label'
import { gridLines, step } from './lines'

const plane = planeOf('EPSG:9215')
if (!plane) throw new Error('no plane')
const frame: Position[] = [[107.2, 21.1], [107.3, 21.1], [107.3, 21], [107.2, 21]]

test('steps are round, and so many fit', () => {
  expect(step('metres', 10_400, 6)).toBe(2000)
  expect(step('metres', 10_400, 12)).toBe(1000)
  expect(step('degrees', 0.1, 6)).toBeCloseTo(1 / 60, 12)
  expect(step('degrees', 0.1, 3)).toBeCloseTo(2 / 60, 12)
})

test('metres: every two kilometres between the edges, and a line keeps its northing', () => {
  const lines = gridLines(frame, 'metres', plane, 6)
  expect(lines.filter((line) => line.axis === 'east').map((line) => line.value)).toEqual([496_000, 498_000, 500_000, 502_000, 504_000])
  expect(lines.filter((line) => line.axis === 'north').map((line) => line.value)).toEqual([2_324_000, 2_326_000, 2_328_000, 2_330_000, 2_332_000, 2_334_000])
  expect(lines.find((line) => line.value === 500_000)?.path.every(([lon]) => Math.abs(lon - 107.25188) < 1e-4)).toBe(true)
})

test('degrees are those of VN-2000, written with minutes', () => {
  const lines = gridLines(frame, 'degrees', plane, 6)
  const labels = lines.map((line) => gridLabel(line, 'degrees'))
  expect(labels).toContain('21°02′ B')
  expect(labels).toContain('107°14′ Đ')
  // 21°02′ of VN-2000 lies some 111 m further south on WGS 84.
  const [, lat] = lines.find((line) => gridLabel(line, 'degrees') === '21°02′ B')!.path[0]!
  expect(lat).toBeCloseTo(21 + 2 / 60 - 0.001, 4)
})
