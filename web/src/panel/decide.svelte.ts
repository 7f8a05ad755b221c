import { api } from '../api/client'
import { Problem } from '../api/problem'
import type { Decided, Finding, FindingHistory } from '../api/types'
import { detail } from '../app/detail.svelte'
import { notices } from '../app/notices.svelte'
import { findings } from '../check/findings.svelte'
import { t } from '../i18n/index.svelte'

/** What a person may decide; that a finding is closed only a check can say. */
export const decidable = ['reviewing', 'waived', 'resolved', 'new'] as const
export type Decidable = (typeof decidable)[number]

/** The fields of the form, as they stand in it. */
export class Draft {
  state = $state<Decidable>('reviewing')
  document = $state('')
  person = $state('')
  until = $state('')
  reason = $state('')
  private readonly id: string
  /** The newest event that the person has seen. */
  private seen: number

  /** From what was decided before, so that it can be carried on. */
  constructor(finding: Finding) {
    const { state, decision, event } = finding.standing
    this.id = finding.id
    this.seen = event
    this.state = decidable.find((each) => each === state && each !== 'new') ?? 'reviewing'
    this.document = decision?.document ?? ''
    this.person = decision?.person ?? ''
    this.until = /^\d{4}-\d{2}-\d{2}$/.test(decision?.until ?? '') ? (decision?.until ?? '') : ''
    this.reason = decision?.reason ?? ''
  }

  /** The person has been shown how the finding stands now. */
  sees(finding: Finding): void {
    this.seen = finding.standing.event
  }

  /** A waiver says by which document it was given, and by whom. */
  get isWaiver(): boolean {
    return this.state === 'waived'
  }

  get isWhole(): boolean {
    return !this.isWaiver || (this.document.trim() !== '' && this.person.trim() !== '')
  }

  /** As the server takes it: nothing that is empty, an end only of a waiver. */
  decided(): Decided {
    const given = (text: string) => text.trim() || undefined
    return {
      findings: [this.id],
      state: this.state,
      document: given(this.document),
      person: given(this.person),
      until: this.isWaiver ? given(this.until) : undefined,
      reason: given(this.reason),
      seen: this.seen,
    }
  }
}

/** Takes a decision; true when it was taken. */
export async function decide(draft: Draft): Promise<boolean> {
  const { findings: decided } = await api.decide(draft.decided())
  for (const each of decided) show(each)
  notices.say(t('standing.saved'))
  return decided.length > 0
}

/** Reads a finding again, after somebody else has decided on it. */
export async function again(id: string): Promise<Finding> {
  const finding = await api.finding(id)
  show(finding)
  return finding
}

export const isTaken = (error: unknown): boolean => error instanceof Problem && error.status === 409

export const history = (id: string): Promise<FindingHistory> => api.history(id)

function show(finding: Finding): void {
  findings.replace(finding)
  detail.replace(finding)
}
