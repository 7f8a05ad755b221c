// Expected values are those of PROJ 9.1.1 (`cs2cs`, EPSG:6960 between the datums) and of the circular that lists four
// points of Lý Sơn in both systems.
import { describe, expect, test } from 'vitest'
import { toVn2000, toWgs84 } from './datum'
import { fromPlane, nearestZone, planeOf, toPlane, zones } from './planes'

/** WGS 84 latitude, longitude and the place on the plane: easting, northing. */
const places: [string, number, number, number, number][] = [
  ['EPSG:9215', 21.053, 107.208, 495439.96835, 2328823.43867],
  ['EPSG:9215', 13.782, 109.2197, 712814.30991, 1525059.41012],
  ['EPSG:9215', 8.61, 104.83, 233378.04802, 952976.72452],
  ['EPSG:5897', 21.053, 107.208, 729308.0674, 2330409.30772],
  ['EPSG:9218', 8.61, 104.83, 95610.76969, 954074.7477],
  ['EPSG:3405', 21.053, 107.208, 729239.2681, 2329710.11501],
  ['EPSG:3406', 13.782, 109.2197, 307342.93455, 1524445.1296],
  ['EPSG:32648', 8.61, 104.83, 481295.01327, 951739.46768],
]

describe.each(places)('%s at %d, %d', (crs, lat, lon, east, north) => {
  const plane = planeOf(crs)
  test('is where PROJ says, to a tenth of a millimetre, and comes back', () => {
    if (!plane) throw new Error(crs)
    const at = toPlane([lon, lat], plane)
    expect(at.east).toBeCloseTo(east, 3.5)
    expect(at.north).toBeCloseTo(north, 3.5)
    const [backLon, backLat] = fromPlane({ north, east }, plane)
    // Heights are left out between the datums, which costs 0.6 mm on the way back; PROJ's answer is the same.
    expect(Math.abs(backLon - lon)).toBeLessThan(7e-9)
    expect(Math.abs(backLat - lat)).toBeLessThan(7e-9)
  })
})

test.each([
  [21.053, 107.208, 21.054000988, 107.206120874],
  [13.782, 109.2197, 13.783033843, 109.217901928],
  [8.61, 104.83, 8.61101031, 104.82822117],
])('VN-2000 of %d, %d is where PROJ says', (lat, lon, vnLat, vnLon) => {
  const [east, north] = toVn2000([lon, lat])
  expect(east).toBeCloseTo(vnLon, 8.5)
  expect(north).toBeCloseTo(vnLat, 8.5)
})

test('WGS 84 of VN-2000 is where PROJ says', () => {
  const [lon, lat] = toWgs84([107.206120874, 21.054000988])
  expect(lon).toBeCloseTo(107.20800000553, 9)
  expect(lat).toBeCloseTo(21.05299999659, 9)
})

test('Lý Sơn is where Circular 37/2019/TT-BGTVT says, to its tenth of a second', () => {
  const [lon, lat] = toVn2000([109 + 6 / 60 + 7 / 3600, 15 + 22 / 60 + 29 / 3600])
  expect((lat - 15 - 22 / 60) * 3600).toBeCloseTo(32.7, 1)
  expect(Math.abs((lon - 109 - 6 / 60) * 3600 - 0.5)).toBeLessThan(0.05)
})

test('there are eighteen zones, and the nearest is a guess by longitude', () => {
  expect(zones).toHaveLength(18)
  expect(nearestZone(107.208).crs).toBe('EPSG:9215')
  expect(nearestZone(102.2).crs).toBe('EPSG:5896')
})
