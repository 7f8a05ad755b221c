import { expect, test } from 'vitest'
import type { Finding, FindingStanding } from '../api/types'
import { Draft } from './decide.svelte'

const text = { vi: '', en: '' }
const nothing: FindingStanding = { state: 'new', title: text, since: null, event: 0, decision: null, reopened: null }

function finding(standing: Partial<FindingStanding>): Finding {
  return { id: 'f1', standing: { ...nothing, ...standing } } as Finding
}

test('a waiver needs a document and a person, and only a waiver has an end', () => {
  const draft = new Draft(finding({}))
  expect(draft.state).toBe('reviewing')
  expect(draft.isWhole).toBe(true)
  draft.state = 'waived'
  draft.document = ' 12/QĐ '
  expect(draft.isWhole).toBe(false)
  draft.person = 'UBND'
  draft.until = '2027-01-31'
  expect(draft.isWhole).toBe(true)
  const decided = { findings: ['f1'], document: '12/QĐ', person: 'UBND', reason: undefined, seen: 0 }
  expect(draft.decided()).toEqual({ ...decided, state: 'waived', until: '2027-01-31' })
  draft.state = 'resolved'
  draft.sees(finding({ event: 7 }))
  expect(draft.decided()).toEqual({ ...decided, state: 'resolved', until: undefined, seen: 7 })
})

test('what was decided before is carried on', () => {
  const draft = new Draft(finding({ state: 'waived', event: 3, decision: { document: '1/QĐ', person: 'A', until: '2026', reason: null } }))
  expect([draft.state, draft.document, draft.person, draft.reason]).toEqual(['waived', '1/QĐ', 'A', ''])
  // A year alone is no day that the field could show.
  expect(draft.until).toBe('')
})
