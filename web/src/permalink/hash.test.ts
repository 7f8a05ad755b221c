import { describe, expect, test } from 'vitest'
import { emptyLink, readHash, writeHash, type Link } from './hash'

const full: Link = {
  place: { zoom: 13.5, lat: 21.05317, lon: 107.20812 },
  selection: { type: 'feature', collection: 'zones', id: 'Z/01 & co' },
  landUse: 'plan-2016-2020',
  hidden: ['communes', 'zones.KCN'],
  slivers: true,
  page: 'register',
  pageState: [['q', 'Đồng & Bành'], ['kind', 'KCN,CCN']],
  opacity: [['plan-2016-2020', 40]],
  lang: 'en',
  theme: 'dark',
  more: [['side', 'compare'], ['cmp', 'plan-2016-2020,plan-2021-2030,40,LUC:SKK'], ['crs', 'EPSG:9215']],
}

describe('permalink', () => {
  test('comes back as it was written', () => {
    expect(readHash(writeHash(full))).toEqual(full)
  })
  test('keeps a finding and no land use', () => {
    const link: Link = { ...emptyLink, selection: { type: 'finding', id: '0f3a' }, landUse: '-' }
    expect(writeHash(link)).toBe('#sel=finding:0f3a&land=-')
    expect(readHash(writeHash(link))).toEqual(link)
  })
  test('of a screen at its defaults is empty', () => {
    expect(writeHash(emptyLink)).toBe('')
    expect(readHash('')).toEqual(emptyLink)
  })
  test.each([
    '#map=a/b/c',
    '#map=13/21',
    '#map=13/121/107',
    '#map=13//107',
    '#map=99/21/107',
    '#sel=finding:',
    '#sel=zones',
    '#sel=%E0%A4%A/1',
    '#op=plan:140,plan:x,:3',
    '#lang=fr&theme=pink&slivers=yes',
    '#&&==&%',
  ])('%s is read as nothing', (hash) => {
    expect(readHash(hash)).toEqual(emptyLink)
  })
})
