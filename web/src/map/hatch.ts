/**
 * An image for MapLibre: red 45° lines on nothing, seamless on every side.
 * MapLibre enlarges a pattern up to twice between whole zooms, so the lines start
 * narrower and closer than the 1.3 px every 6 px that they are on average.
 */
export function hatch(ratio: number, colour = [208, 19, 26], gap = 4.4, width = 1) {
  // Along the edge of the square, lines `gap` apart at 45° repeat every gap·√2.
  const size = Math.round(gap * Math.SQRT2 * ratio)
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const along = (x + y + 1) % size
      const distance = Math.min(along, size - along) / Math.SQRT2
      const cover = Math.min(1, Math.max(0, (width * ratio) / 2 - distance + 0.5))
      data.set([...colour.map((value) => value), Math.round(cover * 255)], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}
