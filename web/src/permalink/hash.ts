import { parseSelection, selectionText, type Selection } from '../app/selection'
import type { Lang } from '../api/types'

export interface Place {
  zoom: number
  lat: number
  lon: number
}

/** Everything a link restores. What is at its default is left out. */
export interface Link {
  place: Place | null
  selection: Selection | null
  /** Drawn land-use collection; '-' for none. */
  landUse: string | null
  hidden: string[]
  slivers: boolean
  /** The page in the place of the map, and what it shows. */
  page: string | null
  pageState: [name: string, value: string][]
  opacity: [key: string, percent: number][]
  lang: Lang | null
  theme: 'light' | 'dark' | null
  /** What parts that are loaded later keep in the address, each by its own word. */
  more: [word: string, value: string][]
}

const moreWords = ['side', 'cmp', 'crs', 'grid', 'xy', 'measure', 'order', 'colours', 'print', 'only', 'zones', 'units']

export const emptyLink: Link = {
  place: null,
  selection: null,
  landUse: null,
  hidden: [],
  slivers: false,
  page: null,
  pageState: [],
  opacity: [],
  lang: null,
  theme: null,
  more: [],
}

export function writeHash(link: Link): string {
  const parts: string[] = []
  if (link.place) parts.push(`map=${placeText(link.place)}`)
  if (link.selection) parts.push(`sel=${selectionText(link.selection)}`)
  if (link.landUse !== null) parts.push(`land=${encodeURIComponent(link.landUse)}`)
  if (link.hidden.length > 0) parts.push(`off=${link.hidden.map(encodeURIComponent).join(',')}`)
  if (link.slivers) parts.push('slivers=1')
  if (link.opacity.length > 0) {
    parts.push(`op=${link.opacity.map(([key, value]) => `${encodeURIComponent(key)}:${value}`).join(',')}`)
  }
  if (link.page) {
    parts.push(`page=${encodeURIComponent(link.page)}`)
    for (const [name, value] of link.pageState) parts.push(`p.${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  }
  if (link.lang) parts.push(`lang=${link.lang}`)
  if (link.theme) parts.push(`theme=${link.theme}`)
  for (const [word, value] of link.more) parts.push(`${word}=${encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':')}`)
  return parts.length > 0 ? `#${parts.join('&')}` : ''
}

/** Reads a hash; whatever it cannot understand stays at its default. */
export function readHash(hash: string): Link {
  const given = new Map<string, string>()
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=')
    if (at > 0) given.set(part.slice(0, at), part.slice(at + 1))
  }
  const lang = given.get('lang')
  const theme = given.get('theme')
  return {
    place: parsePlace(given.get('map') ?? ''),
    selection: parseSelection(given.get('sel') ?? ''),
    landUse: given.has('land') ? decode(given.get('land') ?? '') : null,
    hidden: list(given.get('off')).map(decode).filter(Boolean),
    slivers: given.get('slivers') === '1',
    page: decode(given.get('page') ?? '') || null,
    pageState: [...given].filter(([name]) => name.startsWith('p.')).map(([name, value]) => [decode(name.slice(2)), decode(value)]),
    opacity: list(given.get('op')).flatMap(parseOpacity),
    lang: lang === 'vi' || lang === 'en' ? lang : null,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    more: moreWords.flatMap((word): [string, string][] => {
      const value = decode(given.get(word) ?? '')
      return value ? [[word, value]] : []
    }),
  }
}

function placeText({ zoom, lat, lon }: Place): string {
  return `${trim(zoom, 2)}/${trim(lat, 5)}/${trim(lon, 5)}`
}

function parsePlace(text: string): Place | null {
  const [zoom, lat, lon, ...more] = text.split('/').map((part) => (part === '' ? Number.NaN : Number(part)))
  if (zoom === undefined || lat === undefined || lon === undefined || more.length > 0) return null
  const inside = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85.06 && Math.abs(lon) <= 180
  return inside ? { zoom, lat, lon } : null
}

function parseOpacity(text: string): [string, number][] {
  const [key, value] = text.split(':', 2)
  const percent = Number(value)
  const sound = key && value && Number.isInteger(percent) && percent >= 0 && percent <= 100
  return sound ? [[decode(key), percent]] : []
}

const list = (text: string | undefined) => (text ? text.split(',') : [])
const trim = (value: number, decimals: number) => String(Number(value.toFixed(decimals)))

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
