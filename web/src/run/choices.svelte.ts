import { SvelteSet } from 'svelte/reactivity'
import { api, get } from '../api/client'
import type { Findings } from '../api/types'
import { runCheck } from '../app/actions'
import { data } from '../app/data.svelte'
import type { CheckInputs } from '../check/findings.svelte'

export interface ZoneChoice {
  id: string
  name: string
}

interface Process {
  inputs: Record<string, { schema: { enum?: string[] } }>
}

const most = 5000

/** What is chosen for a check. It stays while the panel is closed. */
class Choices {
  plan = $state('')
  pack = $state('')
  date = $state('')
  some = $state(false)
  zones = new SvelteSet<string>()
  /** Rules that are left out. */
  without = new SvelteSet<string>()
  packs = $state.raw<string[]>([])
  known = $state.raw<ZoneChoice[]>([])
  /** What a check of chosen zones said. */
  said = $state.raw<Findings | null>(null)
  judged = $state(0)

  rules = $derived([...data.rules.values()])
  /** Rules by the beginning of their names: what they look at. */
  groups = $derived(
    [...new Set(this.rules.map((rule) => groupOf(rule.id)))].map((group) => ({
      group,
      rules: this.rules.filter((rule) => groupOf(rule.id) === group),
    })),
  )
  wanted = $derived(this.rules.filter((rule) => !this.without.has(rule.id)))
  isWhole = $derived(this.wanted.length > 0 && (!this.some || this.zones.size > 0))

  /** Learns what there is to choose from. */
  async learn(): Promise<void> {
    const process = await get<Process>('/processes/check')
    this.packs = process.inputs['pack']?.schema.enum ?? []
    const zones: ZoneChoice[] = []
    for (const layer of data.layers.filter((each) => each.ranh.role === 'zone')) {
      const { features } = await api.items(layer.id, { limit: most })
      for (const { id, properties } of features) {
        const name = properties?.['name']
        zones.push({ id: String(id), name: typeof name === 'string' && name ? name : String(id) })
      }
    }
    this.known = zones.sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  }

  toggle(rules: readonly string[], wanted: boolean): void {
    for (const rule of rules) {
      if (wanted) this.without.delete(rule)
      else this.without.add(rule)
    }
  }

  /** As the process takes it: only what differs from a check of everything. */
  get inputs(): CheckInputs {
    return {
      ...(this.some ? { zones: [...this.zones] } : {}),
      ...(this.without.size > 0 ? { rules: this.wanted.map((rule) => rule.id) } : {}),
      ...(this.plan ? { plan: this.plan } : {}),
      ...(this.pack ? { pack: this.pack } : {}),
      ...(this.date ? { date: this.date } : {}),
    }
  }

  async run(): Promise<void> {
    this.said = null
    const { inputs } = this
    const said = await runCheck(inputs)
    if (!said || !inputs.zones) return
    this.said = said
    this.judged = inputs.zones.length
  }
}

const groupOf = (rule: string): string => rule.split('-')[0] ?? rule

export const choices = new Choices()
