import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { renewed } from './renew'

const line = (id: string, source: string, layout: Extract<LayerSpecification, { type: 'line' }>['layout'] = {}): LayerSpecification => ({ id, type: 'line', source, 'source-layer': source, layout })
const drawn = (id: string, source: string): LayerSpecification => ({ id, type: 'line', source })
const tiles = (version: number) => ({ type: 'vector' as const, tiles: [`/tiles?v=${version}`] })
const shape = (name: string) => ({ type: 'geojson' as const, data: { type: 'Feature' as const, properties: { name }, geometry: { type: 'Point' as const, coordinates: [112, 16.5] } } })
const style = (sources: StyleSpecification['sources'], layers: LayerSpecification[]): StyleSpecification => ({ version: 8, sources, layers })

const served = [line('a', 'plan'), line('b', 'findings'), drawn('selection-line', 'selection')]
const onMap = style({ plan: tiles(1), findings: tiles(1), selection: shape('KCN01'), grid: shape('grid'), archipelagos: shape('Hoàng Sa') }, [
  line('a', 'plan', { visibility: 'none' }),
  line('b', 'findings'),
  drawn('selection-line', 'selection'),
  drawn('grid-line', 'grid'),
])

test('what is drawn alike stays as the reader has it, with the newest tiles', () => {
  const next = style({ plan: tiles(1), findings: tiles(2), selection: shape(''), archipelagos: shape('Paracel') }, served)
  const style2 = renewed(onMap, next, served)
  expect(style2.layers.map(({ id }) => id)).toEqual(['a', 'b', 'selection-line', 'grid-line'])
  expect(style2.layers[0]?.layout).toEqual({ visibility: 'none' })
  expect(style2.sources['findings']).toEqual(tiles(2))
  // What the screen has drawn stays; names that go with the language do not.
  expect(style2.sources['selection']).toEqual(shape('KCN01'))
  expect(style2.sources['grid']).toEqual(shape('grid'))
  expect(style2.sources['archipelagos']).toEqual(shape('Paracel'))
})

test('what the server draws otherwise, or no more, is as the server says', () => {
  const next = style({ plan: tiles(1), selection: shape('') }, [line('a', 'plan', { 'line-cap': 'round' }), line('c', 'plan'), drawn('selection-line', 'selection')])
  const style2 = renewed(onMap, next, served)
  expect(style2.layers.map(({ id }) => id)).toEqual(['a', 'c', 'selection-line', 'grid-line'])
  expect(style2.layers[0]?.layout).toEqual({ 'line-cap': 'round' })
  expect(style2.sources['findings']).toBeUndefined()
})
