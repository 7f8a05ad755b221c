import { runAfterFocus } from './focus'
import { editSelected, selectedBox, walk, zoomToSelection } from './actions'
import { data } from './data.svelte'
import { view, type Tab } from './view.svelte'

const panels = ['top', 'page', 'layers', 'map', 'check', 'info'] as const
const setting = 'ranh.singleKeys'

/** Single letters can be switched off, for people who speak to their computer. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(setting) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(setting, on ? 'on' : 'off')
  } catch {
    // Then the choice lasts as long as the default.
  }
}

function panel(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-panel="${name}"]`)
}

export function focusPanel(name: (typeof panels)[number]): void {
  const tab: Partial<Record<string, Tab>> = { layers: 'layers', check: 'check', info: 'info' }
  const wanted = tab[name]
  if (wanted) view.tab = wanted
  runAfterFocus(() => panel(name)?.focus())
}

function nextPanel(step: 1 | -1): void {
  const here = panels.filter((name) => panel(name)?.checkVisibility({ visibilityProperty: true }))
  const at = here.findIndex((name) => panel(name)?.contains(document.activeElement))
  const next = here[(at + step + here.length) % here.length]
  if (next) panel(next)?.focus()
}

const letters: Record<string, () => unknown> = {
  '/': () => document.querySelector<HTMLInputElement>('[data-testid="search"]')?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
  z: zoomToSelection,
  e: editSelected,
  l: () => focusPanel('layers'),
  c: () => focusPanel('check'),
  i: () => {
    // On a small screen the panel is a tab; on a large one it can be closed.
    const small = window.matchMedia('(max-width: 767.98px)').matches
    if (!small) view.panelOpen = !view.panelOpen
    if (small || view.panelOpen) focusPanel('info')
  },
  m: () => view.toggle('measure'),
  p: () => data.empty || view.toggle('print'),
  s: () => data.plans.length > 1 && view.toggle('compare'),
  u: () => data.empty || view.toggle('units'),
  '?': () => (view.help = !view.help),
}

/** The keys of the whole screen. What a field or a popover handles never comes here. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'F6') {
    event.preventDefault()
    nextPanel(event.shiftKey ? -1 : 1)
    return
  }
  if (isTyping(event.target)) return
  if (event.key === 'Escape') {
    if (view.help) view.help = false
    else if (view.page) view.turnTo(null)
    else if (view.selection || selectedBox()) view.select(null)
    return
  }
  const action = singleKeys() || event.key === '?' ? letters[event.key.toLowerCase()] : undefined
  // The other letters are for what stands behind a page.
  if (!action || (view.page && event.key !== '/' && event.key !== '?')) return
  event.preventDefault()
  action()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'range'
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement || target.isContentEditable
}
