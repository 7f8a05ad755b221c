import { expect, test } from 'vitest'
import { actionsOf, withShape, type Scene } from './draft'
import { moveVertex, type Shape } from './shape'
import { Space } from './space'

const shape: Shape = [[[[450_000.1, 2_378_000.2], [450_100, 2_378_000], [450_100, 2_378_100]]]]
const first: Scene = { drafts: [{ id: 'z1', tag: '"a"', properties: { name: 'KCN' }, shape }], active: 0, gone: [] }
const space = Space.of('http://www.opengis.net/def/crs/EPSG/0/9215', [107, 21.5])
if (!space) throw new Error('no space')
const filter = (id: string) => ({ op: '=', args: [{ property: 'id' }, id] })

test('nothing changed is nothing told', () => {
  expect(actionsOf(first, first, 'zones', space)).toEqual([])
})

test('a moved vertex changes the geometry alone, under the tag that was read', () => {
  const moved = moveVertex(shape, { polygon: 0, ring: 0, at: 1 }, [450_120, 2_378_000])
  const [action, ...more] = actionsOf(first, withShape(first, moved), 'zones', space)
  expect(more).toEqual([])
  const ring = [[450_000.1, 2_378_000.2], [450_120, 2_378_000], [450_100, 2_378_100], [450_000.1, 2_378_000.2]]
  const value = { type: 'Polygon', coordinates: [ring] }
  expect(action).toEqual({ action: 'update', collection: 'zones', filter: filter('z1'), 'if-match': '"a"', properties: { modify: [{ name: 'geometry', value }] } })
})

test('what is split off is new, what is joined is gone', () => {
  const scene: Scene = {
    drafts: [{ ...first.drafts[0]!, properties: { name: 'KCN A' } }, { id: 'z1-2', tag: null, properties: { name: 'KCN B' }, shape }],
    active: 1,
    gone: [{ id: 'z2', tag: '"b"' }],
  }
  const [update, insert, remove] = actionsOf(first, scene, 'zones', space)
  expect(update).toMatchObject({ action: 'update', properties: { modify: [{ name: 'name', value: 'KCN A' }] } })
  expect(insert).toMatchObject({ action: 'insert', items: [{ id: 'z1-2', properties: { name: 'KCN B' } }] })
  expect(remove).toEqual({ action: 'delete', collection: 'zones', filter: filter('z2'), 'if-match': '"b"' })
})

test('where latitude stands first it is written first', () => {
  const degrees = Space.of('http://www.opengis.net/def/crs/EPSG/0/4326', [107, 21.5])!
  const added: Scene = { ...first, drafts: [{ id: 'n', tag: null, properties: {}, shape: [[[[107, 21], [107.1, 21], [107, 21.1]]]] }] }
  const [insert] = actionsOf(first, added, 'zones', degrees)
  expect(insert).toMatchObject({ items: [{ geometry: { coordinates: [[[21, 107], [21, 107.1], [21.1, 107], [21, 107]]] } }] })
})
