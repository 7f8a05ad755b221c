import { address, get } from '../api/client'
import { isAborted } from '../api/problem'
import { here } from '../api/here'
import { view } from '../app/view.svelte'
import { words } from '../i18n/index.svelte'
import { filters, sortingOf, type Filter } from './query'
import type { ZoneTable } from './types'

const most = 10_000

/** The table of zones as the server filters, sorts and sums it. */
class Table {
  status = $state<'loading' | 'ready' | 'error'>('loading')
  problem = $state.raw<unknown>(null)
  answer = $state.raw<ZoneTable | null>(null)
  private running: AbortController | null = null

  sorting = $derived(sortingOf(view.pageState.get('sort')))
  asked = $derived(Object.fromEntries([...filters, 'sort'].map((name) => [name, view.pageState.get(name)])))
  filtered = $derived(filters.some((name) => view.pageState.get(name)))

  value(name: Filter): string {
    return view.pageState.get(name) ?? ''
  }

  /** Sets a filter; an empty one is none. */
  set(name: Filter | 'sort', value: string): void {
    if (value) view.pageState.set(name, value)
    else view.pageState.delete(name)
  }

  clear(): void {
    for (const name of filters) view.pageState.delete(name)
  }

  /** Asks for what the filters say. What was there stays until the answer comes. */
  async load(): Promise<void> {
    this.running?.abort()
    const running = new AbortController()
    this.running = running
    this.status = 'loading'
    try {
      const answer = await get<ZoneTable>(address('/zones', { ...this.asked, limit: most }), running.signal)
      if (running.signal.aborted) return
      this.answer = answer
      this.status = 'ready'
    } catch (error) {
      if (isAborted(error) || running.signal.aborted) return
      this.problem = error
      this.status = 'error'
    }
  }

  /** The address of what is shown, as a file. */
  file(format: 'csv' | 'xlsx'): string {
    return here(address(`/zones.${format}`, { ...this.asked, lang: words.lang }))
  }
}

export const table = new Table()
