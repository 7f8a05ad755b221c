import { num, words } from '../i18n/index.svelte'
import type { GridKind, GridLine } from './lines'

/** A line of the grid as it is written: whole metres, or degrees with the minutes and seconds that there are. */
export function gridLabel({ axis, value }: Pick<GridLine, 'axis' | 'value'>, kind: GridKind): string {
  if (kind === 'metres') return num(value)
  const seconds = Math.round(Math.abs(value) * 3600)
  const [degree, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  const rest = second > 0 ? `${two(minute)}′${two(second)}″` : minute > 0 ? `${two(minute)}′` : ''
  const letters = { vi: { north: 'BN', east: 'ĐT' }, en: { north: 'NS', east: 'EW' } }[words.lang][axis]
  return `${degree}°${rest} ${letters[value < 0 ? 1 : 0]}`
}
