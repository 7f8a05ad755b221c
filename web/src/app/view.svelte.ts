import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { Bbox, Picked } from '../api/types'
import { sides, type Page, type Side } from './parts'
import { sameSelection, type Selection } from './selection'

export type Theme = 'light' | 'dark'
export type Tab = 'layers' | 'check' | 'info' | 'more'

/** What the person has chosen to see: selection, layers, theme, open parts. */
class View {
  selection = $state.raw<Selection | null>(null)
  /** Everything under the last click on the map, for the list in the panel. */
  picked = $state.raw<Picked | null>(null)
  panelOpen = $state(true)
  tab = $state<Tab>('check')
  theme = $state<Theme>('light')
  /** The part that takes the place of the panel beside the map. */
  side = $state<Side | null>(null)
  /** The page in the place of the map; null for the map. */
  page = $state<Page | null>(null)
  /** What the page shows: its part of the address. */
  pageState = new SvelteMap<string, string>()
  help = $state(false)
  /** Whether the editing that is opened draws a zone that there is not yet. */
  draws = false

  /** Row keys that are switched away from their default. */
  hidden = new SvelteSet<string>()
  slivers = $state(false)
  /** The land-use collection that is drawn; undefined until the data say which. */
  landUse = $state<string | null | undefined>(undefined)
  opacity = new SvelteMap<string, number>()
  /** What parts that are loaded later keep in the address. */
  more = new SvelteMap<string, string>()

  hover = $state.raw<Selection | null>(null)
  /** Set to make the map go to a place; the map clears it. */
  target = $state.raw<Bbox | null>(null)

  select(selection: Selection | null, picked: Picked | null = null): void {
    if (!sameSelection(this.selection, selection)) this.selection = selection
    this.picked = picked
    if (selection) this.panelOpen = true
  }

  /** Goes to a page, which comes back as it was; null goes to the map. */
  turnTo(page: Page | null): void {
    this.page = page
  }

  /** Opens a part beside the map. */
  open(side: Side): void {
    this.page = null
    this.side = side
    this.panelOpen = true
    this.tab = 'info'
    if ('linked' in sides[side]) this.more.set('side', side)
    else this.more.delete('side')
  }

  /** Closes the part beside the map. */
  close(): void {
    this.side = null
    this.more.delete('side')
  }

  toggle(side: Side): void {
    if (this.side === side) this.close()
    else this.open(side)
  }

  /** Opens the part that a link names. */
  recallSide(): void {
    const side = this.more.get('side')
    if (side && Object.hasOwn(sides, side) && 'linked' in sides[side as Side]) this.open(side as Side)
    else if (side) this.more.delete('side')
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    document.documentElement.dataset.theme = theme
  }
}

export const view = new View()
