import { api } from '../api/client'
import { newestFirst } from '../layers/model'
import { Problem } from '../api/problem'
import type { CheckSummary, Collection, Collections, Intake, LandUseCode, NamedCode, Province, Rule } from '../api/types'

/** What the server holds: collections, tables of codes and rules, the last check. */
class Data {
  status = $state<'loading' | 'ready' | 'error'>('loading')
  problem = $state<Problem | null>(null)
  collections = $state.raw<Collection[]>([])
  revision = $state(0)
  generated = $state(false)
  check = $state.raw<CheckSummary | null>(null)
  codes = $state.raw(new Map<string, LandUseCode>())
  kinds = $state.raw<NamedCode[]>([])
  states = $state.raw<NamedCode[]>([])
  rules = $state.raw(new Map<string, Rule>())
  /** What files the server takes and gives. */
  intake = $state.raw<Intake | null>(null)
  provinces = $state.raw<Province[]>([])
  /** How many zones of each kind, by collection. */
  private answer: Collections | null = null
  zoneCounts = $state.raw(new Map<string, Map<string, number>>())

  layers = $derived(this.collections.filter((each) => each.ranh.role !== 'finding' && each.ranh.role !== 'sliver'))
  plans = $derived(this.layers.filter((each) => each.ranh.role === 'land_use_plan').toSorted(newestFirst))
  empty = $derived(this.status === 'ready' && this.layers.length === 0)

  async load(): Promise<void> {
    this.status = 'loading'
    this.problem = null
    try {
      const [, codes, kinds, rules] = await Promise.all([this.refresh(), api.codes(), api.kinds(), api.rules()])
      this.codes = new Map(codes.codes.map((each) => [each.code, each]))
      this.kinds = kinds.kinds
      this.states = kinds.states
      this.rules = new Map(rules.rules.map((each) => [each.id, each]))
      this.status = 'ready'
      void this.countZones()
      void this.learnFiles()
    } catch (error) {
      this.problem = error instanceof Problem ? error : Problem.unreachable(error)
      this.status = 'error'
    }
  }

  /** Asks for the formats of files; without an answer nothing is offered. */
  private async learnFiles(): Promise<void> {
    try {
      const [intake, { provinces }] = await Promise.all([api.intake(), api.provinces()])
      this.intake = intake
      this.provinces = provinces
    } catch {
      this.intake = null
    }
  }

  /** Reads the list of collections again, after a check or an import. */
  async refresh(): Promise<void> {
    const answer = await api.collections()
    // The same answer again must not make everything be drawn again.
    if (sameAnswer(this.answer, answer)) return
    this.answer = answer
    this.collections = answer.collections
    this.revision = answer.ranh.revision
    this.generated = answer.ranh.generated
    this.check = answer.ranh.check
  }

  byId(id: string | null | undefined): Collection | undefined {
    return this.collections.find((each) => each.id === id)
  }

  private async countKinds(collection: string): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    const { properties } = await api.queryables(collection)
    const kind = properties['kind']
    // Lists of coordinates tell no kinds apart.
    if (!kind) return counts
    for (const { code } of this.kinds.filter((each) => kind.enum?.includes(each.code) ?? true)) {
      const { numberMatched } = await api.items(collection, { kind: code, limit: 1 })
      if (numberMatched) counts.set(code, numberMatched)
    }
    return counts
  }

  /** Asks for the number of zones of each kind, where the data tell kinds apart. */
  async countZones(): Promise<void> {
    const counts = new Map<string, Map<string, number>>()
    for (const zones of this.layers.filter((each) => each.ranh.role === 'zone')) {
      try {
        counts.set(zones.id, await this.countKinds(zones.id))
      } catch {
        // The layer keeps a single row.
      }
    }
    this.zoneCounts = counts
  }
}

export const data = new Data()

function sameAnswer(a: Collections | null, b: Collections): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b)
}
