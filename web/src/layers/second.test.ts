// Whether kinds of land can be told apart: colours over white at the map's opacity, seen as Machado, Oliveira and Fernandes
// (2009) simulate sight without one kind of cone, and compared in CIELAB.
import { expect, test } from 'vitest'
import table from '../../../data/codes/second_palette.json'
import codes from '../../../data/codes/land_use_codes.csv?raw'

type Triple = [number, number, number]
const sight: Record<string, [Triple, Triple, Triple]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no long cones': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no middle cones': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'no short cones': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
const toXyz: [Triple, Triple, Triple] = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
const white: Triple = [0.95047, 1, 1.08883]

const times = (matrix: readonly Triple[], [a, b, c]: Triple) => matrix.map((row) => row[0] * a + row[1] * b + row[2] * c) as Triple
const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

function lab(hex: string, seen: readonly Triple[]): Triple {
  const drawn = [1, 3, 5].map((at) => linear((parseInt(hex.slice(at, at + 2), 16) / 255) * 0.64 + 0.36)) as Triple
  const clipped = times(seen, drawn).map((value) => Math.min(1, Math.max(0, value))) as Triple
  const [x, y, z] = times(toXyz, clipped).map((value, at) => {
    const part = value / white[at]!
    return part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116
  }) as Triple
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

test.each(Object.entries(sight))('every two kinds of land differ by 8 or more: %s', (_, seen) => {
  const all = table.classes.map(({ rgb }) => lab(rgb, seen))
  for (const [i, a] of all.entries()) {
    for (const [j, b] of all.entries()) {
      if (i < j) expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${table.classes[i]?.rgb} ${table.classes[j]?.rgb}`).toBeGreaterThan(8)
    }
  }
})

test('every land-use code has one colour', () => {
  const known = codes.trim().split('\n').slice(1).map((line) => line.split(',')[0])
  const coloured = table.classes.flatMap((each) => each.codes)
  expect(coloured.toSorted()).toEqual(known.toSorted())
})
