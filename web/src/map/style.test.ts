import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { describe, expect, test } from 'vitest'
import { collectionOf } from './apply'
import { hatch } from './hatch'
import { scaleOpacity } from './opacity'
import { metresPerPixel, scaleBar, scaleText } from './scale'
import { composeStyle } from './style'

const served: StyleSpecification = {
  version: 8,
  sources: { zones: { type: 'vector', url: '/tiles/zones' } },
  layers: [
    { id: 'zone-fill:zones', type: 'fill', source: 'zones', 'source-layer': 'zones', metadata: { 'ranh:collection': 'zones' } },
    { id: 'zone-label:zones', type: 'symbol', source: 'zones', 'source-layer': 'zones-label' },
  ],
}

describe('the composed style', () => {
  const style = composeStyle(served, 'vi')
  const ids = style.layers.map((layer) => layer.id)

  test('draws the selection above fills and lines, below labels', () => {
    expect(ids.indexOf('selection-line')).toBeGreaterThan(ids.indexOf('zone-fill:zones'))
    expect(ids.indexOf('selection-line')).toBeLessThan(ids.indexOf('zone-label:zones'))
    expect(ids.indexOf('selection-case')).toBe(ids.indexOf('selection-line') - 1)
  })
  test('names both archipelagos in the language', () => {
    const source = style.sources['archipelagos'] as unknown as { data: { features: { properties: { name: string } }[] } }
    expect(source.data.features.map((each) => each.properties.name)).toEqual(['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa'])
    expect(ids).toContain('archipelago-label')
  })
  test('lets features be found by their id, and asks no other host', () => {
    expect(style.sources['zones']).toMatchObject({ promoteId: 'fid' })
    expect(JSON.stringify(style)).not.toMatch(/https?:/)
  })
  test('reads the collection of a layer from its metadata', () => {
    expect(collectionOf(served.layers[0] as LayerSpecification)).toBe('zones')
    expect(collectionOf({ id: 'finding-hatch', type: 'fill', source: 'findings' })).toBe('findings')
  })
})

describe('opacity', () => {
  test('scales numbers, outputs of zoom curves, and other expressions as a whole', () => {
    expect(scaleOpacity(0.64, 0.5)).toBe(0.32)
    expect(scaleOpacity(undefined, 0.5)).toBe(0.5)
    expect(scaleOpacity(['interpolate', ['linear'], ['zoom'], 8, 0.2, 12, 0.6], 0.5)).toEqual(['interpolate', ['linear'], ['zoom'], 8, 0.1, 12, 0.3])
    expect(scaleOpacity(['step', ['zoom'], 0, 11, 0.5], 0.5)).toEqual(['step', ['zoom'], 0, 11, 0.25])
    expect(scaleOpacity(['get', 'o'], 0.5)).toEqual(['*', 0.5, ['get', 'o']])
  })
})

describe('scale', () => {
  test('is the ground under a CSS pixel of 1/96 inch', () => {
    // At the equator and zoom 0 the world is 512 px wide.
    expect(metresPerPixel(0, 0)).toBeCloseTo(78_271.517, 2)
    expect(scaleText(7.14, 'vi')).toBe('1:27.000')
  })
  test('bars are 1, 2 or 5 times a power of ten and fit', () => {
    expect(scaleBar(7.14, 90, 'vi')).toEqual({ width: 500 / 7.14, label: '500 m' })
    expect(scaleBar(40, 90, 'en')?.label).toBe('2 km')
    expect(scaleBar(0, 90, 'vi')).toBeNull()
  })
})

test('the hatch repeats without a seam', () => {
  const { width, height, data } = hatch(2)
  expect(width).toBe(height)
  const alpha = (x: number, y: number) => data[((y % height) * width + (x % width)) * 4 + 3]
  for (let at = 0; at < width; at += 1) expect(alpha(at, width)).toBe(alpha(at + width, 0))
  // Along 45° the image does not change.
  expect(alpha(3, 5)).toBe(alpha(4, 4))
})
