import type { Lang } from '../api/types'
import { fixed } from '../i18n/format'

// A CSS pixel is 1/96 of an inch.
const metresPerCssPixel = 0.0254 / 96
const equator = 40_075_016.685_578_5

export function metresPerPixel(zoom: number, lat: number): number {
  return (equator * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom)
}

/** 1:27.000, rounded to three figures as a scale is spoken of. */
export function scaleText(mpp: number, lang: Lang): string {
  const denominator = mpp / metresPerCssPixel
  if (!Number.isFinite(denominator) || denominator <= 0) return ''
  const step = 10 ** Math.max(0, Math.floor(Math.log10(denominator)) - 1)
  return `1:${fixed(Math.round(denominator / step) * step, 0, lang)}`
}

export interface ScaleBar {
  width: number
  label: string
}

/** The longest bar of 1, 2 or 5 times a power of ten metres that fits. */
export function scaleBar(mpp: number, room: number, lang: Lang): ScaleBar | null {
  if (!Number.isFinite(mpp) || mpp <= 0) return null
  const longest = mpp * room
  const power = 10 ** Math.floor(Math.log10(longest))
  const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= longest) ?? power
  const decimals = metres < 1 ? 2 : 0
  const label = metres >= 1000 ? `${fixed(metres / 1000, 0, lang)} km` : `${fixed(metres, decimals, lang)} m`
  return { width: metres / mpp, label }
}
