import { describe, expect, test } from 'vitest'
import type { Collection, Role } from '../api/types'
import { inWorld } from './legend.svelte'
import { groups, lineOf } from './model'
import { withoutRemark } from './names'
import { shortName } from './short'

function collection(id: string, role: Role, count = 3): Collection {
  const title = { vi: id, en: id }
  return { id, title: id, ranh: { role, title, generated: false, source: null, as_of: null, scale: null, count, revision: 1 } }
}

const kinds = ['KCN', 'CCN', 'KCX'].map((code) => ({ code, name: { vi: code, en: code } }))

describe('the layer list', () => {
  test('groups by role in the order of the screen and leaves out empty groups', () => {
    const list = groups([collection('p', 'land_use_plan'), collection('zones', 'zone'), collection('findings', 'finding')], kinds, new Map())
    expect(list.map((group) => group.id)).toEqual(['check', 'zones', 'plan'])
  })
  test('has a row for each kind of zone that there is', () => {
    const counts = new Map([['zones', new Map([['CCN', 4], ['KCN', 2]])]])
    const [zones] = groups([collection('zones', 'zone')], kinds, counts)
    expect(zones?.rows.map((row) => [row.key, row.count])).toEqual([['zones.KCN', 2], ['zones.CCN', 4]])
  })
  test('draws kinds by their lines', () => {
    expect(['KCN', 'CCNLN', 'KCX', 'KKTCK', null].map(lineOf)).toEqual(['kcn', 'ccn', 'kcx', 'kkt', 'kcn'])
  })
})

test('short names drop the words that every name carries', () => {
  expect(shortName('Đất trồng cây lâu năm')).toBe('Cây lâu năm')
  expect(shortName('Đất chuyên trồng lúa (nước)')).toBe('Chuyên trồng lúa')
  expect(shortName('Đất ở tại đô thị')).toBe('Ở tại đô thị')
  expect(shortName('Production forest land')).toBe('Production forest')
  expect(shortName('')).toBe('')
})

test('the remark on generated data is left out where the badge makes it', () => {
  expect(withoutRemark('Địa giới xã (dữ liệu mẫu)')).toBe('Địa giới xã')
  expect(withoutRemark('(mẫu)')).toBe('(mẫu)')
})

test('the frame asked for stays in the world', () => {
  expect(inWorld([-200, -95, 200, 85])).toEqual([-180, -90, 180, 85])
})
