import type { Component } from 'svelte'
import type { Key } from '../i18n/vi'

/** A part of the screen whose code, style and words are loaded when it is opened. */
interface Lazy<Props extends Record<string, unknown>> {
  load: () => Promise<{ default: Component<Props> }>
  /** What the part is called, for its region. */
  name: Key
  /** Whether a link opens it again. */
  linked?: true
}

/** What takes the place of the panel beside the map while it is open. */
export const sides = {
  import: { load: () => import('../import/ImportPanel.svelte'), name: 'import.region' },
  compare: { load: () => import('../compare/ComparePanel.svelte'), name: 'compare.region', linked: true },
  print: { load: () => import('../print/PrintPanel.svelte'), name: 'print.region', linked: true },
  measure: { load: () => import('../measure/MeasurePanel.svelte'), name: 'measure.region', linked: true },
  run: { load: () => import('../run/RunPanel.svelte'), name: 'run.region' },
  found: { load: () => import('../found/FoundPanel.svelte'), name: 'found.region', linked: true },
  units: { load: () => import('../units/UnitsPanel.svelte'), name: 'units.region', linked: true },
  edit: { load: () => import('../edit/EditPanel.svelte'), name: 'edit.region' },
} satisfies Record<string, Lazy<Record<string, never>>>

export type Side = keyof typeof sides

/** What takes the place of everything below the top bar, each with a link there; the map stays as it is behind it. */
export const pages = {
  register: { load: () => import('../register/RegisterPage.svelte'), name: 'nav.register' },
} satisfies Record<string, Lazy<{ compact?: boolean }>>

export type Page = keyof typeof pages

/** The page of a name in an address. */
export const pageOf = (name: string | null): Page | null => (name && Object.hasOwn(pages, name) ? (name as Page) : null)
