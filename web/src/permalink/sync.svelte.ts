import { words } from '../i18n/index.svelte'
import { data } from '../app/data.svelte'
import { pageOf } from '../app/parts'
import { view } from '../app/view.svelte'
import { mapState } from '../map/state.svelte'
import { readHash, writeHash, type Link } from './hash'

const themeKey = 'ranh.theme'
const langKey = 'ranh.lang'

/** Takes over what the address says; what it leaves out comes from this browser. */
export async function restore(): Promise<Link> {
  const link = readHash(location.hash)
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
  const kept = stored(themeKey)
  view.setTheme(link.theme ?? (kept === 'dark' || kept === 'light' ? kept : dark ? 'dark' : 'light'))
  apply(link)
  const lang = link.lang ?? (stored(langKey) === 'en' ? 'en' : 'vi')
  // Without its words the screen begins in Vietnamese.
  await words.set(lang).catch(() => words.set('vi'))
  return link
}

function apply(link: Link): void {
  view.selection = link.selection
  view.slivers = link.slivers
  view.page = pageOf(link.page)
  view.pageState.clear()
  for (const [name, value] of link.pageState) view.pageState.set(name, value)
  view.landUse = link.landUse === null ? undefined : link.landUse === '-' ? null : link.landUse
  view.hidden.clear()
  for (const key of link.hidden) view.hidden.add(key)
  view.opacity.clear()
  for (const [key, percent] of link.opacity) view.opacity.set(key, percent)
  view.more.clear()
  for (const [word, value] of link.more) view.more.set(word, value)
  view.recallSide()
}

/** The state of the screen as a link. */
function current(): Link {
  const chosen = data.plans.find((plan) => plan.ranh.in_force)?.id ?? data.plans[0]?.id ?? null
  const drawn = view.landUse === undefined ? chosen : view.landUse
  return {
    place: mapState.place,
    selection: view.selection,
    landUse: drawn === chosen ? null : (drawn ?? '-'),
    hidden: [...view.hidden].sort(),
    slivers: view.slivers,
    page: view.page,
    pageState: [...view.pageState].sort(([a], [b]) => (a < b ? -1 : 1)),
    opacity: [...view.opacity].sort(([a], [b]) => (a < b ? -1 : 1)),
    lang: words.lang === 'vi' ? null : words.lang,
    theme: view.theme === 'light' ? null : view.theme,
    more: [...view.more].sort(([a], [b]) => (a < b ? -1 : 1)),
  }
}

/** Keeps the address in step with the screen. Call once, inside an effect root. */
export function keepInStep(): void {
  let timer = 0
  let written = location.hash
  $effect(() => {
    const hash = writeHash(current())
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      if (hash === location.hash) return
      written = hash
      history.replaceState(null, '', hash || location.pathname + location.search)
    }, 150)
  })
  $effect(() => {
    keep(themeKey, view.theme)
    keep(langKey, words.lang)
  })
  window.addEventListener('hashchange', () => {
    if (location.hash === written) return
    void restore().then((link) => {
      if (link.place) mapState.jump?.(link.place)
    })
  })
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing still works from the address.
  }
}
