import { fixed } from '../i18n/format'
import { words } from '../i18n/index.svelte'

// VN-2000 in its 3° zones, as EPSG names them; the number is the central meridian.
export const tm3: Record<string, number> = {
  '5896': 102, '9205': 103, '9206': 104, '9207': 104.5, '9208': 104.75, '5897': 105,
  '9209': 105.5, '9210': 105.75, '9211': 106, '9212': 106.25, '9213': 106.5, '9214': 107,
  '9215': 107.25, '9216': 107.5, '5899': 107.75, '5898': 108, '9217': 108.25, '9218': 108.5,
}

const others: Record<string, string> = {
  CRS84: 'WGS 84',
  '4326': 'WGS 84',
  '4756': 'VN-2000',
  '3405': 'VN-2000 / UTM 48N',
  '3406': 'VN-2000 / UTM 49N',
  '32648': 'WGS 84 / UTM 48N',
  '32649': 'WGS 84 / UTM 49N',
}

/** The short name of a CRS: `CRS84` or `EPSG:n`, from an OGC address or a code. */
export function crsCode(text: string): string {
  if (/CRS84$/i.test(text)) return 'CRS84'
  const match = /EPSG[:/](?:[\d.]+\/)?:?(\d+)$/i.exec(text)
  return match ? `EPSG:${match[1]}` : text
}

/** The same in a narrow column: "VN-2000 107°15′". */
export function crsShort(text: string): string {
  return crsName(text).split(',')[0] ?? text
}

/** A CRS as planners speak of it: "VN-2000 107°15′, múi 3°". */
export function crsName(text: string): string {
  const code = crsCode(text)
  const number = code.replace('EPSG:', '')
  const meridian = tm3[number]
  if (meridian === undefined) return others[number] ?? code
  const minutes = Math.round((meridian % 1) * 60)
  const shown = `${fixed(Math.floor(meridian), 0, words.lang)}°${String(minutes).padStart(2, '0')}′`
  return words.lang === 'vi' ? `VN-2000 ${shown}, múi 3°` : `VN-2000 ${shown}, 3° zone`
}

/** Every CRS that a layer may be exported in: its own and the usual ones first, then each zone of VN-2000 from west to east. */
export function exportChoices(stored: readonly string[]): string[] {
  const own = stored.map(crsCode).filter((code) => code !== 'CRS84')
  const zones = Object.entries(tm3).toSorted(([, west], [, east]) => west - east)
  return [...new Set(['CRS84', ...own, 'EPSG:4326', 'EPSG:3405', 'EPSG:3406', ...zones.map(([code]) => `EPSG:${code}`)])]
}
