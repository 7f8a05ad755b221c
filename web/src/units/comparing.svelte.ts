import { address, get } from '../api/client'
import { isAborted } from '../api/problem'
import { here } from '../api/here'
import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { words } from '../i18n/index.svelte'
import { shown } from '../layers/shown.svelte'
import type { UnitChanges } from './wire'

export type Drawn = 'older' | 'newer' | 'both'

/** Two versions of the units. Which ones stands in the address as `units`. */
class Comparing {
  answer = $state.raw<UnitChanges | null>(null)
  problem = $state.raw<unknown>(null)
  running = $state(false)
  private turn: AbortController | null = null

  /** The oldest first; those without a date before all. */
  versions = $derived(
    data.layers
      .filter((each) => each.ranh.role === 'admin' && (each.ranh.level ?? 'commune') === 'commune')
      .toSorted((a, b) => (a.ranh.as_of ?? '').localeCompare(b.ranh.as_of ?? '') || a.id.localeCompare(b.id)),
  )
  private asked = $derived((view.more.get('units') ?? '').split(','))
  older = $derived(this.versions.find((each) => each.id === this.asked[0])?.id ?? this.versions.at(-2)?.id ?? null)
  newer = $derived(this.versions.find((each) => each.id === this.asked[1])?.id ?? this.versions.at(-1)?.id ?? null)
  drawn = $derived.by<Drawn>(() => {
    const isOn = (id: string | null) => shown.rows.some((row) => row.collection === id && shown.isOn(row))
    if (isOn(this.older) && isOn(this.newer)) return 'both'
    return isOn(this.older) ? 'older' : 'newer'
  })

  choose(side: 'older' | 'newer', id: string): void {
    const [older, newer] = side === 'older' ? [id, this.newer] : [this.older, id]
    view.more.set('units', `${older},${newer}`)
  }

  draw(which: Drawn): void {
    for (const row of shown.rows) {
      if (row.collection === this.older) shown.set(row, which !== 'newer')
      if (row.collection === this.newer) shown.set(row, which !== 'older')
    }
  }

  async load(): Promise<void> {
    this.turn?.abort()
    this.answer = null
    this.problem = null
    if (!this.older || !this.newer || this.older === this.newer) return
    const turn = new AbortController()
    this.turn = turn
    this.running = true
    try {
      this.answer = await get<UnitChanges>(address('/zones/units', { older: this.older, newer: this.newer }), turn.signal)
    } catch (error) {
      if (!isAborted(error) && !turn.signal.aborted) this.problem = error
    } finally {
      if (this.turn === turn) this.running = false
    }
  }

  file(format: 'csv' | 'xlsx'): string {
    return here(address(`/zones/units.${format}`, { older: this.older, newer: this.newer, lang: words.lang }))
  }
}

export const comparing = new Comparing()
