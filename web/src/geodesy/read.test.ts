import { describe, expect, test } from 'vitest'
import { planeOf } from './planes'
import { readCoordinates } from './read'

const plane = planeOf('EPSG:9215')
if (!plane) throw new Error('no plane')
const read = (text: string) => readCoordinates(text, plane)

// 21.053, 107.208 (WGS 84) is N 2328823.439, E 495439.968 in 107°15′ by PROJ (`cs2cs`).
describe('metres', () => {
  test.each([
    ['2328823.439 495439.968', true],
    ['495439.968 2328823.439', false],
    ['2.328.823,439 495.439,968', true],
    ['2,328,823.439  495,439.968', true],
    ['X = 2328823,439; Y = 495439,968', true],
    ['X=2328823.439 Y=495439.968', true],
    ['2328823.439, 495439.968', true],
    ['2328823.439,495439.968', true],
    ['2328823.439\t495439.968', true],
  ])('%s is read, its order told', (text, northFirst) => {
    const [first] = read(text)
    expect(first).toMatchObject({ crs: 'EPSG:9215', north: 2328823.439, east: 495439.968, northFirst })
    expect(first?.place[0]).toBeCloseTo(107.208, 7)
    expect(first?.place[1]).toBeCloseTo(21.053, 7)
  })

  test('marks of thousands without decimals are read as such', () => {
    expect(read('2.328.823 495.439')[0]).toMatchObject({ north: 2328823, east: 495439 })
  })

  test('every other zone is an alternative, and none is listed twice', () => {
    const found = read('2328823 495440').map((each) => each.crs)
    expect(found[0]).toBe('EPSG:9215')
    expect(found).toContain('EPSG:5897')
    expect(found).toContain('EPSG:3405')
    expect(new Set(found).size).toBe(found.length)
  })

  // cs2cs: 21.053 107.208 in EPSG:32648 and its like of VN-2000.
  test('UTM with its zone says its plane', () => {
    const found = read('48Q 729436.137 2329601.975')
    expect(found.map((each) => each.crs)).toEqual(['EPSG:32648', 'EPSG:3405'])
    expect(found[0]?.place[0]).toBeCloseTo(107.208, 7)
    expect(found[0]?.place[1]).toBeCloseTo(21.053, 7)
  })
})

describe('degrees', () => {
  test.each([
    ['21.053 107.208', true],
    ['21.053, 107.208', true],
    ['21,053 107,208', true],
    ['107.208; 21.053', false],
    ['21.053°N 107.208°E', true],
    ['21,053° B 107,208° Đ', true],
    ['N21.053 E107.208', true],
    ['21°03′10.8″ 107°12′28.8″', true],
    ['21°03\'10.8"N, 107°12\'28.8"E', true],
    ['21°03′10,8″B 107°12′28,8″Đ', true],
    ['107°12′28.8″E 21°03′10.8″N', false],
    ['N 21 03 10.8 E 107 12 28.8', true],
    ['21°3.18\' 107°12.48\'', true],
  ])('%s is read, its order told', (text, northFirst) => {
    const [wgs84, vn2000] = read(text)
    expect(wgs84).toMatchObject({ crs: 'CRS84', northFirst })
    expect(wgs84?.place[0]).toBeCloseTo(107.208, 9)
    expect(wgs84?.place[1]).toBeCloseTo(21.053, 9)
    // The other datum lies some 223 m off.
    expect(vn2000?.crs).toBe('EPSG:4756')
    expect(vn2000?.place[0]).toBeCloseTo(107.20988, 4)
  })
})

test.each(['', 'Suối Vàng', '2328823', '2328823 495440 12', '50 2', '999999999 1', '21°70′ 107°12′', '21.053°N 107.208°N', '1.2.3 4'])(
  '%j is no place',
  (text) => expect(read(text)).toEqual([]),
)
