import { expect, test } from 'vitest'
import { fittingScale, layout, zoomOf } from './paper'

test.each([
  ['A4', 'portrait', [210, 297]],
  ['A4', 'landscape', [297, 210]],
  ['A3', 'portrait', [297, 420]],
  ['A3', 'landscape', [420, 297]],
] as const)('%s %s has its size, and its parts fill it', (paper, orientation, page) => {
  const { page: size, inner, map, legend } = layout(paper, orientation)
  expect(size).toEqual(page)
  expect(inner).toEqual([page[0] - 20, page[1] - 20])
  if (orientation === 'landscape') expect(map[0] + 3 + legend[0]).toBe(inner[0])
  else expect(map[1] + 3 + legend[1] + 28).toBe(inner[1])
})

test('a scale fits both ways, and is a usual one', () => {
  // 10 km on 190 mm is 1:52,632; 5 km on 100 mm is 1:50,000.
  expect(fittingScale([10_000, 5000], [190, 100])).toBe(100_000)
  expect(fittingScale([9500, 5000], [190, 100])).toBe(50_000)
  expect(fittingScale([90, 10], [190, 100])).toBe(500)
  expect(fittingScale([9e9, 9e9], [190, 100])).toBe(5_000_000)
})

test('at 1:50,000 a kilometre is 20 mm of 75.59 pixels', () => {
  // A pixel at zoom z on latitude 21 is 40,075,016.69 m · cos 21° / (512 · 2^z).
  const pixel_m = (40_075_016.6856 * Math.cos((21 * Math.PI) / 180)) / (512 * 2 ** zoomOf(50_000, 21))
  expect(1000 / pixel_m).toBeCloseTo((20 * 96) / 25.4, 6)
})
