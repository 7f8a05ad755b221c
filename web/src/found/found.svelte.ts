// The zones that pass the register's filters, for the map: the filters stand in the address as `zones`.
import { get } from '../api/client'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import { filters } from '../register/query'
import type { ZoneTable } from '../register/types'

const most = 10_000

class Found {
  answer = $state.raw<ZoneTable | null>(null)
  problem = $state.raw<unknown>(null)
  private asked = 0

  async load(query: string): Promise<void> {
    const turn = (this.asked += 1)
    this.problem = null
    try {
      const answer = await get<ZoneTable>(`/zones?${withLimit(query)}`)
      if (turn !== this.asked) return
      this.answer = answer
      mapState.zonesShown = answer.zones.filter((zone) => zone.collection).map((zone) => zone.id)
    } catch (error) {
      if (turn === this.asked) this.problem = error
    }
  }

  /** Shows all zones again. */
  clear(): void {
    this.asked += 1
    this.answer = null
    mapState.zonesShown = null
    view.more.delete('zones')
    if (view.side === 'found') view.close()
  }
}

export const found = new Found()

/** What the address has, as far as the server knows it. */
function withLimit(query: string): string {
  const given = new URLSearchParams(query)
  const known = new URLSearchParams()
  for (const name of [...filters, 'sort']) if (given.get(name)) known.set(name, given.get(name) ?? '')
  known.set('limit', String(most))
  return known.toString()
}

/** Puts the register's filters on the map. */
export function showOnMap(): void {
  const query = new URLSearchParams()
  for (const name of [...filters, 'sort']) {
    const value = view.pageState.get(name)
    if (value) query.set(name, value)
  }
  view.more.set('zones', query.toString() || 'sort=name')
  view.open('found')
}

/** Back to the register, with the filters as the map has them. */
export function changeFilters(): void {
  for (const [name, value] of new URLSearchParams(view.more.get('zones') ?? '')) view.pageState.set(name, value)
  view.pageState.delete('view')
  view.pageState.delete('zone')
  view.turnTo('register')
}
