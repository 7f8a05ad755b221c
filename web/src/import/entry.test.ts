import { describe, expect, test } from 'vitest'
import type { UploadLayer, UploadSource } from '../api/types'
import { choices, inputs, missing, namesKinds } from './entry'

const layer = (more: Partial<UploadLayer> = {}): UploadLayer => ({
  name: null, features: 3, fields: [], crs: 'EPSG:9215', doubt: null, encoding: 'UTF-8',
  collection: 'khu', title: { vi: 'Khu', en: 'Zones' }, role: 'zone', role_reason: null, levels: [], preview: { polygons: [], whole: true }, ...more,
})
const source = (path: string, layers: UploadLayer[], problem: string | null = null): UploadSource =>
  ({ path, format: 'GeoJSON', layers, problem: problem === null ? null : { vi: problem, en: problem } })
const title = (each: UploadLayer) => each.title?.vi ?? ''

describe('choices', () => {
  test('are the layers that can be imported', () => {
    const all = choices([source('a', [layer()]), source('b.pdf', [], 'a PDF'), source('c', [layer({ name: 'x' }), layer({ name: 'y', features: 0 })])], title)
    expect(all.map((each) => [each.source, each.layer.name, each.wanted])).toEqual([['a', null, true], ['c', 'x', true], ['c', 'y', false]])
  })
  test('say what is missing', () => {
    const [whole, bare] = choices([source('a', [layer()]), source('b', [layer({ crs: null, role: null, collection: null })])], title)
    expect(missing(whole!)).toEqual([])
    expect(missing(bare!)).toEqual(['collection', 'role', 'crs'])
    expect(missing({ ...whole!, collection: 'Khu mới' })).toEqual(['collection'])
  })
  test('name a layer only where there are several, and no CRS where the file has one', () => {
    const [one] = choices([source('a', [layer({ name: 'x' })])], title)
    expect(inputs('u', one!)).toEqual({ upload: 'u', source: 'a', collection: 'khu', title: 'Khu', role: 'zone' })
    const [first] = choices([source('a', [layer({ name: 'x', crs: null }), layer()])], title)
    const said = { ...first!, crs: 'EPSG:9215|Lạng Sơn', encoding: 'tcvn3', internal: true }
    expect(inputs('u', said)).toMatchObject({ layer: 'x', crs: 'EPSG:9215', encoding: 'tcvn3', visibility: 'internal' })
  })
  test('give a kind to zones, and to nothing else', () => {
    const [bare, named] = choices([source('a', [layer()]), source('b', [layer({ fields: ['name', 'kind'] })])], title)
    expect([namesKinds(bare!), namesKinds(named!)]).toEqual([false, true])
    expect(inputs('u', { ...bare!, kind: 'CCN' })).toMatchObject({ role: 'zone', kind: 'CCN' })
    expect(inputs('u', { ...bare!, kind: 'CCN', role: 'admin' })).not.toHaveProperty('kind')
  })
  test('give codes to levels and colours of a drawing, as far as the person names them', () => {
    const levels = [{ level: '3', colour: '5', features: 2 }, { level: 'RANH', colour: null, features: 1 }, { level: '9', colour: '1', features: 4 }]
    const [drawing] = choices([source('a', [layer({ levels })])], title)
    expect(drawing!.codes).toEqual(['', '', ''])
    const named = { ...drawing!, codes: [' luc ', 'SKK', ''] }
    expect(inputs('u', named)).toMatchObject({ codes: [{ level: '3', colour: '5', code: 'LUC' }, { level: 'RANH', code: 'SKK' }] })
    expect(inputs('u', drawing!)).not.toHaveProperty('codes')
  })
})
