// MapLibre 6.17 places a glyph whose measured top is exactly 27.5 px eight
// pixels too low, because `top / 2 - 27.5 || -8` takes a valid 0 for "unknown".
// That drops Ẵ Ẫ Ễ Ồ Ố below the line. The expression is rewritten to test for
// a number; a MapLibre in which it no longer occurs exactly once fails the
// build, so that an upgrade cannot lose the cure unseen.
const broken = /top:(\w+)\.glyphTop\/2-27\.5\|\|-8/g

export function mendGlyphTop(code) {
  let count = 0
  const mended = code.replace(broken, (_, glyph) => {
    count += 1
    return `top:Number.isFinite(${glyph}.glyphTop)?${glyph}.glyphTop/2-27.5:-8`
  })
  return { mended, count }
}

export function glyphTop() {
  let total = 0
  return {
    name: 'ranh-glyph-top',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/maplibre-gl/dist/maplibre-gl.mjs')) return null
      const { mended, count } = mendGlyphTop(code)
      total += count
      return { code: mended, map: null }
    },
    buildEnd(error) {
      if (!error && total !== 1) {
        this.error(`glyphTop cure matched ${total} times in maplibre-gl, expected exactly once`)
      }
    },
  }
}
