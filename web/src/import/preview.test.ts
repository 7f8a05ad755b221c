import { describe, expect, test } from 'vitest'
import type { Position } from '../api/types'
import { place } from './preview'

const square = (x: number, y: number, side: number): Position[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
const of = (...rings: Position[][]) => ({ polygons: [rings], whole: true })

describe('where an upload would lie', () => {
  test('by its CRS, with the area of its rings: 400 m squared less 100 m squared', () => {
    const placed = place(of(square(526_900, 2_341_500, 400), square(527_000, 2_341_600, 100)), 'EPSG:9215')
    expect(placed?.area_m2).toBeCloseTo(150_000, 6)
    // PROJ: cs2cs EPSG:9215 EPSG:4326 for 526900 2341500.
    expect(placed?.box[0]).toBeCloseTo(107.510924, 3)
    expect(placed?.box[1]).toBeCloseTo(21.167309, 3)
  })

  test('another meridian moves it by hundreds of kilometres or nowhere', () => {
    const there = place(of(square(526_900, 2_341_500, 400)), 'EPSG:9205')
    expect(there?.box[0]).toBeCloseTo(103.260924, 3)
    expect(place(of(square(526_900, 2_341_500, 400)), 'CRS84')).toBeNull()
    expect(place(of(square(107.5, 21.1, 0.004)), 'EPSG:9215')).toBeNull()
  })

  test('in degrees, measured on the nearest plane', () => {
    // 0.004° at 21.1° N: 442.9 m by 415.3 m.
    expect(place(of(square(107.5, 21.1, 0.004)), 'CRS84')?.area_m2).toBeCloseTo(442.9 * 415.3, -3)
  })

  test('a place inside is inside, of an L too', () => {
    const ring: Position[] = [[107, 21], [107.03, 21], [107.03, 21.01], [107.01, 21.01], [107.01, 21.03], [107, 21.03], [107, 21]]
    const [lon, lat] = place(of(ring), 'CRS84')?.inside ?? [0, 0]
    expect(lon).toBeCloseTo(107.005, 6)
    expect(lat).toBeCloseTo(21.015, 6)
  })
})
