import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { mendGlyphTop } from './glyph-top.mjs'

test('the cure matches the installed MapLibre exactly once', async () => {
  const file = createRequire(import.meta.url).resolve('maplibre-gl/dist/maplibre-gl.mjs')
  const { mended, count } = mendGlyphTop(await readFile(file, 'utf8'))
  expect(count).toBe(1)
  expect(mended).toMatch(/top:Number\.isFinite\((\w+)\.glyphTop\)\?\1\.glyphTop\/2-27\.5:-8/)
  expect(mendGlyphTop(mended).count).toBe(0)
})
