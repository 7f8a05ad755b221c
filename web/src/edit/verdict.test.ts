import { describe, expect, test } from 'vitest'
import type { Finding, Severity } from '../api/types'
import type { Draft } from './draft'
import { verdictOn } from './verdict'
import type { Trial } from './wire'

const zone = { id: 'A', name: 'A', kind: 'CCN' }
const whole = { name: 'A', decision: 'QĐ 1', declared_area_ha: 12, communes: ['1'] }
const draft = (properties: Record<string, unknown> = whole): Draft => ({ id: 'A', tag: null, properties, shape: [] })
const finding = (severity: Severity, id = 'A') => ({ severity, zone: { ...zone, id } }) as Finding

function trial(...findings: Finding[]): Trial {
  const state = { area_m2: 1, area_ha: 1, by_plan: null, by_land_use: null, by_commune: [], conversions: [] }
  const tried = { zone, crs: null, crs_guessed: false, state, area_limit: null, least_area: null, fill_limit: null, wastewater_finished: null }
  return { plan: null, pack: '', zones: [tried], conflict_ha: 0, slivers: { count: 0, area_ha: 0 }, findings, skipped: [] }
}

describe('the light', () => {
  test.each([
    [[], 'green'],
    [[finding('I')], 'green'],
    [[finding('W')], 'amber'],
    [[finding('W'), finding('E')], 'red'],
    [[finding('B')], 'red'],
    [[finding('B', 'another')], 'green'],
  ] as const)('by %j', (findings, light) => {
    expect(verdictOn(trial(...findings), draft())?.light).toBe(light)
  })

  test('is amber, never green, while something is not known', () => {
    const verdict = verdictOn(trial(), draft({ ...whole, decision: '', communes: [] }))
    expect(verdict).toMatchObject({ light: 'amber', missing: ['decision', 'communes'] })
    const skipped = [{ rule: 'ZON-04', zone: 'A', reason: { vi: '', en: '' } }]
    expect(verdictOn({ ...trial(), skipped }, draft())?.light).toBe('amber')
  })

  test('is not there for a zone that was not judged', () => {
    expect(verdictOn(trial(), { ...draft(), id: 'B' })).toBeNull()
    expect(verdictOn(null, draft())).toBeNull()
  })
})
