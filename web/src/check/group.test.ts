import { describe, expect, test } from 'vitest'
import type { Finding, Severity } from '../api/types'
import { communeOf, groupFindings, isConflict, lines } from './group'

function finding(id: string, rule: string, severity: Severity, area_m2: number, zone: string | null): Finding {
  const text = { vi: '', en: '' }
  return {
    id,
    rule,
    severity,
    title: text,
    message: text,
    zone: zone ? { id: zone, name: `KCN ${zone}`, kind: 'KCN' } : null,
    other: null,
    codes: [],
    area_m2,
    area_ha: area_m2 / 10_000,
    area_geodesic_m2: null,
    mean_width_m: null,
    share: null,
    table: [],
    tolerance: null,
    parameters: {},
    bbox: null,
    point: null,
    standing: { state: 'new', title: text, since: null, event: 0, decision: null, reopened: null },
    crs: 'EPSG:9215',
  }
}

const some = [
  finding('a', 'LUP-01', 'E', 20_000, 'Z1'),
  finding('b', 'ZON-04', 'E', 900_000, 'Z1'),
  finding('c', 'LUP-03', 'W', 30_000, 'Z1'),
  finding('d', 'LUP-01', 'E', 70_000, 'Z2'),
  finding('e', 'GEO-01', 'B', 0, 'Z3'),
  finding('f', 'GEO-01', 'B', 0, null),
]
const name = { rule: (id: string) => `rule ${id}`, commune: communeOf }

describe('groups of findings', () => {
  test('by zone: worst first, then the largest conflict', () => {
    const groups = groupFindings(some, 'zone', name)
    expect(groups.map((group) => group.key)).toEqual(['', 'Z3', 'Z2', 'Z1'])
    expect(groups[0]?.name).toBeNull()
  })
  test('sum up conflicts only: not warnings, not areas that differ', () => {
    const first = groupFindings(some, 'zone', name).find((group) => group.key === 'Z1')
    expect(first?.area_m2).toBe(20_000)
    expect(first?.counts).toEqual({ B: 0, E: 2, W: 1, I: 0 })
    expect(some.filter(isConflict).map((each) => each.id)).toEqual(['a', 'd'])
  })
  test('by rule are named by the rule', () => {
    expect(groupFindings(some, 'rule', name).map((group) => group.name)).toContain('rule LUP-01')
  })
  test('by commune: the server\u2019s word, else a table of communes', () => {
    const [first] = some
    if (!first) throw new Error('no finding')
    expect(communeOf(first)).toBeNull()
    expect(communeOf({ ...first, commune: { code: '1', name: 'Xã A' } })).toBe('Xã A')
    expect(communeOf({ ...first, rule: 'ADM-02', table: [{ code: '2', name: 'Xã B', area_m2: 1 }] })).toBe('Xã B')
  })
  test('lines leave out what is folded', () => {
    const groups = groupFindings(some, 'zone', name)
    expect(lines(groups, new Set())).toHaveLength(10)
    expect(lines(groups, new Set(['Z1']))).toHaveLength(7)
  })
})
