// "Be Vietnam Tab": the figures of Be Vietnam Pro on one advance width, so that
// columns of hectares line up. Derived under the SIL Open Font License 1.1,
// whose text is shipped beside the fonts; the family reserves no font name.
import { createFont } from 'fonteditor-core'

const digits = '0123456789'
const signs = '+\u2212'
const rest = ' .,:;%/()\u00a0\u202f\u2013'

/** The letters of the face; everything else falls back to Be Vietnam Pro. */
export const digitsText = digits + signs + rest

// Out of 1000 units per em: wide enough for the widest digit, and signs that
// are as wide as each other.
const digitWidth = 660
const signWidth = 600

export function digitsFace(ttf, weight) {
  const font = createFont(ttf, { type: 'ttf', subset: codePoints(digitsText) })
  const data = font.get()
  for (const glyph of data.glyf) {
    const letters = (glyph.unicode ?? []).map((point) => String.fromCodePoint(point))
    if (letters.some((letter) => digits.includes(letter))) setWidth(glyph, digitWidth)
    if (letters.some((letter) => signs.includes(letter))) setWidth(glyph, signWidth)
  }
  rename(data.name, weight)
  font.set(data)
  return Buffer.from(font.write({ type: 'ttf', hinting: false, kerning: false }))
}

// Centres the ink on the new width; a glyph wider than that is narrowed a
// little rather than left to touch its neighbour.
function setWidth(glyph, width) {
  const ink = glyph.xMax - glyph.xMin
  const room = width - 40
  const squeeze = ink > room ? room / ink : 1
  const left = Math.round((width - ink * squeeze) / 2)
  const from = glyph.xMin
  for (const contour of glyph.contours ?? []) {
    for (const point of contour) point.x = Math.round((point.x - from) * squeeze) + left
  }
  glyph.xMin = left
  glyph.xMax = left + Math.round(ink * squeeze)
  glyph.leftSideBearing = left
  glyph.advanceWidth = width
}

function rename(names, weight) {
  names.fontFamily = 'Be Vietnam Tab'
  names.fullName = `Be Vietnam Tab ${weight}`
  names.postScriptName = `BeVietnamTab-${weight}`
  names.uniqueSubFamily = `BeVietnamTab-${weight}`
}

function codePoints(text) {
  return [...text].map((letter) => letter.codePointAt(0))
}
