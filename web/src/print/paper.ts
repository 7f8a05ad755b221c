import { metresPerPixel } from '../map/scale'

export type Paper = 'A4' | 'A3'
export type Orientation = 'portrait' | 'landscape'

/** A CSS pixel is 1/96 of an inch. */
export const pixelsPerMm = 96 / 25.4
/** Dots per CSS pixel of the map's picture: 200 to the inch. */
export const dotsPerPixel = 200 / 96

const sizes_mm: Record<Paper, [number, number]> = { A4: [210, 297], A3: [297, 420] }
export const margin_mm = 10
const head_mm = 15
const foot_mm = 13
const gap_mm = 3

export interface Layout {
  /** The whole sheet, and what lies within its margins. */
  page: [width_mm: number, height_mm: number]
  inner: [width_mm: number, height_mm: number]
  map: [width_mm: number, height_mm: number]
  /** Beside the map on a landscape sheet, below it on a portrait one. */
  legend: [width_mm: number, height_mm: number]
}

/** Where everything stands on a sheet. */
export function layout(paper: Paper, orientation: Orientation): Layout {
  const [short, long] = sizes_mm[paper]
  const page: [number, number] = orientation === 'portrait' ? [short, long] : [long, short]
  const inner: [number, number] = [page[0] - 2 * margin_mm, page[1] - 2 * margin_mm]
  const body = inner[1] - head_mm - foot_mm
  if (orientation === 'landscape') {
    const side = paper === 'A4' ? 62 : 78
    return { page, inner, map: [inner[0] - side - gap_mm, body], legend: [side, body] }
  }
  const below = paper === 'A4' ? 66 : 84
  return { page, inner, map: [inner[0], body - below - gap_mm], legend: [inner[0], below] }
}

/** The height of a line of the legend, and how many lines have room below its head. */
export const line_mm = 3.9
export const linesOf = ({ legend: [width, height] }: Layout, orientation: Orientation): number =>
  Math.floor((height - 5) / line_mm) * (orientation === 'landscape' ? 1 : Math.floor((width + 5) / 63))

/** Scales that maps are printed in. */
export const scales = [500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000] as const

/** The largest of the usual scales at which so many metres fit on so many millimetres; the smallest where none does. */
export function fittingScale([width_m, height_m]: [number, number], [width_mm, height_mm]: [number, number]): number {
  const least = Math.max((width_m * 1000) / width_mm, (height_m * 1000) / height_mm)
  return scales.find((scale) => scale >= least) ?? scales.at(-1)!
}

/** The zoom at which a map of a CSS pixel per 1/96 inch has this scale. */
export function zoomOf(scale: number, lat: number): number {
  const wanted = (scale * 0.0254) / 96
  return Math.log2(metresPerPixel(0, lat) / wanted)
}
