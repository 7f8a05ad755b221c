import { data } from '../app/data.svelte'
import { view } from '../app/view.svelte'
import { groups, type Group, type Row } from './model'

/** The layer list with what is switched on. */
class Shown {
  groups = $derived<Group[]>(groups(data.collections, data.kinds, data.zoneCounts))
  rows = $derived<Row[]>(this.groups.flatMap((group) => group.rows))

  /** The land-use collection on the map: one at a time, so that a colour means one thing. */
  landUse = $derived.by<string | null>(() => {
    if (view.landUse === null) return null
    const chosen = data.byId(view.landUse)
    const inForce = data.plans.find((plan) => plan.ranh.in_force) ?? data.plans[0]
    return chosen?.id ?? inForce?.id ?? null
  })

  isOn(row: Row): boolean {
    if (row.sign === 'slivers') return view.slivers
    if (row.sign === 'land') return this.landUse === row.collection
    return !view.hidden.has(row.key)
  }

  set(row: Row, on: boolean): void {
    if (row.sign === 'slivers') view.slivers = on
    else if (row.sign === 'land') view.landUse = on ? row.collection : null
    else if (on) view.hidden.delete(row.key)
    else view.hidden.add(row.key)
  }

  /** Switches a group; of several land-use layers the last one seen comes back. */
  setGroup(group: Group, on: boolean): void {
    if (!group.rows.some((row) => row.sign === 'land')) {
      for (const row of group.rows) this.set(row, on)
      return
    }
    const inForce = group.rows.find((row) => data.byId(row.collection)?.ranh.in_force)
    const first = inForce ?? group.rows[0]
    if (first) this.set(first, on)
  }

  stateOf(group: Group): 'on' | 'off' | 'mixed' {
    const on = group.rows.filter((row) => this.isOn(row)).length
    // Land-use layers exclude each other: one on is all there can be.
    if (group.rows.some((row) => row.sign === 'land')) return on > 0 ? 'on' : 'off'
    return on === 0 ? 'off' : on === group.rows.length ? 'on' : 'mixed'
  }

  hiddenKinds(collection: string): string[] {
    return this.rows
      .filter((row) => row.collection === collection && row.kind !== null && !this.isOn(row))
      .map((row) => row.kind ?? '')
  }
}

export const shown = new Shown()
