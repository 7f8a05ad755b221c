import type { Reading } from '../geodesy/read'
import { degrees, num } from '../i18n/index.svelte'

/** The figures of a reading as the screen writes them, north first. */
export function read({ crs, north, east }: Reading): string {
  if (crs === 'CRS84' || crs === 'EPSG:4756') return `${degrees(north, 'lat')}  ${degrees(east, 'lon')}`
  return `X ${num(north, 2)}  Y ${num(east, 2)}`
}
