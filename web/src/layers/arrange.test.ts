import type { LayerSpecification } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { orderOf, usualOrder } from './arrange'

const layer = (id: string, collection: string, type = 'line') =>
  ({ id, type, source: collection, metadata: { 'ranh:collection': collection } }) as unknown as LayerSpecification
const served = [
  { id: 'paper', type: 'background' } as LayerSpecification,
  layer('landuse-fill:plan', 'plan', 'fill'),
  layer('landuse-line:plan', 'plan'),
  layer('admin-line:communes', 'communes'),
  layer('zone-line:zones', 'zones'),
  layer('landuse-label:plan', 'plan', 'symbol'),
]

test('the usual order is that of the style, the topmost first', () => {
  expect(usualOrder(served)).toEqual(['zones', 'communes', 'plan'])
})

test('what a link does not name, or names without being there, changes nothing else', () => {
  expect(orderOf(served, undefined)).toEqual(['zones', 'communes', 'plan'])
  expect(orderOf(served, 'gone')).toEqual(['zones', 'communes', 'plan'])
  expect(orderOf(served, 'communes,zones')).toEqual(['communes', 'zones', 'plan'])
  expect(orderOf(served, 'plan')).toEqual(['zones', 'communes', 'plan'])
  expect(orderOf(served, 'plan,zones,communes')).toEqual(['plan', 'zones', 'communes'])
})
