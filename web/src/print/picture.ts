// A sheet as one picture: the map, its title, legend, scale and source, drawn as the printed one.
import { data } from '../app/data.svelte'
import { ha, num, words } from '../i18n/index.svelte'
import { colourOf } from '../layers/colours'
import { lineOf, type Row } from '../layers/model'
import { scaleBar } from '../map/scale'
import { say } from './dictionary'
import { facts } from './facts'
import type { LegendLine } from './legend'
import { dotsPerPixel, line_mm, margin_mm, pixelsPerMm } from './paper'
import { printing } from './printing.svelte'

const ink = '#1a1c20'
const violet = '#6425cf'
const red = '#d0131a'

/** A pen that works in millimetres. */
class Pen {
  constructor(readonly on: CanvasRenderingContext2D) {}

  text(words: string, x: number, y: number, { size = 2.6, weight = 400, align = 'left', colour = ink, room = 0 }: { size?: number; weight?: number; align?: CanvasTextAlign; colour?: string; room?: number } = {}): void {
    this.on.font = `${weight} ${size}px "Be Vietnam Pro", sans-serif`
    this.on.textAlign = align
    this.on.fillStyle = colour
    this.on.fillText(room > 0 ? this.fit(words, room) : words, x, y)
  }

  /** Shortened by whole letters to what has room. */
  private fit(words: string, room: number): string {
    if (this.on.measureText(words).width <= room) return words
    const letters = [...words]
    while (letters.length > 1 && this.on.measureText(`${letters.join('')}…`).width > room) letters.pop()
    return `${letters.join('')}…`
  }

  box(x: number, y: number, width: number, height: number, fill: string | null, stroke: string | null, line = 0.2): void {
    if (fill) {
      this.on.fillStyle = fill
      this.on.fillRect(x, y, width, height)
    }
    if (!stroke) return
    this.on.strokeStyle = stroke
    this.on.lineWidth = line
    this.on.strokeRect(x, y, width, height)
  }

  line(points: [number, number][], stroke: string, width: number, dash: number[] = []): void {
    this.on.strokeStyle = stroke
    this.on.lineWidth = width
    this.on.setLineDash(dash)
    this.on.beginPath()
    points.forEach(([x, y], at) => (at === 0 ? this.on.moveTo(x, y) : this.on.lineTo(x, y)))
    this.on.stroke()
    this.on.setLineDash([])
  }
}

/** Saves the sheet as a PNG. */
export async function savePicture(): Promise<void> {
  const { plate } = printing
  if (!plate) return
  const canvas = document.createElement('canvas')
  const dots = pixelsPerMm * dotsPerPixel
  const { page, map, legend } = printing.layout
  canvas.width = Math.round(page[0] * dots)
  canvas.height = Math.round(page[1] * dots)
  const on = canvas.getContext('2d')
  if (!on) return
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 12px "Be Vietnam Pro"`)))
  on.scale(dots, dots)
  const pen = new Pen(on)
  pen.box(0, 0, page[0], page[1], '#fff', null)
  const top = margin_mm + 15
  const image = await createImageBitmap(plate.picture)
  on.drawImage(image, margin_mm, top, map[0], map[1])
  pen.box(margin_mm, top, map[0], map[1], null, ink, 0.3)
  head(pen, page[0])
  furniture(pen, margin_mm + map[0], top, top + map[1], plate.metresPerMm)
  const beside = printing.orientation === 'landscape'
  drawLegend(pen, beside ? margin_mm + map[0] + 3 : margin_mm, beside ? top : top + map[1] + 3, legend, beside ? legend[0] : 58)
  foot(pen, page)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) save(blob)
}

function head(pen: Pen, width: number): void {
  const mark = data.generated ? say('sheet.generated') : ''
  pen.text(printing.title, margin_mm, margin_mm + 8.5, { size: 5.4, weight: 600, room: width - 2 * margin_mm - (mark ? 68 : 0) })
  if (mark) pen.text(mark, width - margin_mm, margin_mm + 8.5, { align: 'right', colour: '#8a4b00' })
}

/** North arrow and scale bar, on the map's right edge. */
function furniture(pen: Pen, right: number, top: number, bottom: number, metresPerMm: number): void {
  pen.box(right - 11, top + 3, 8, 15, 'rgb(255 255 255 / .88)', null)
  pen.on.fillStyle = ink
  pen.on.beginPath()
  for (const [x, y] of [[-7, 4.2], [-4.5, 12.2], [-7, 10.4], [-9.5, 12.2]] as const) pen.on.lineTo(right + x, top + y)
  pen.on.fill()
  pen.text(say('sheet.north'), right - 7, top + 16, { weight: 600, align: 'center' })
  const bar = scaleBar(metresPerMm, 40, words.lang)
  if (!bar) return
  const from = right - 18 - bar.width
  pen.box(from - 24, bottom - 9, bar.width + 39, 6, 'rgb(255 255 255 / .88)', null)
  pen.text(`1:${num(printing.stated)}`, from - 2, bottom - 5, { align: 'right' })
  pen.line([[from, bottom - 6.6], [from, bottom - 5.2], [from + bar.width, bottom - 5.2], [from + bar.width, bottom - 6.6]], ink, 0.3)
  pen.text(bar.label, from + bar.width + 2, bottom - 5)
}

function drawLegend(pen: Pen, left: number, top: number, [, height]: [number, number], width: number): void {
  pen.text(say('sheet.legend'), left, top + 3, { size: 2.8, weight: 600 })
  const fitting = Math.max(1, Math.floor((height - 5) / line_mm))
  printing.lines.forEach((line, at) => legendLine(pen, line, left + Math.floor(at / fitting) * (width + 5), top + 8 + (at % fitting) * line_mm, width))
}

function legendLine(pen: Pen, line: LegendLine, x: number, y: number, width: number): void {
  if (line.what === 'sign') {
    sign(pen, line.row, x, y)
    pen.text(line.name, x + 7, y, { room: width - 8 })
    return
  }
  const weight = line.what === 'total' ? 600 : 400
  if (line.what === 'code') {
    pen.box(x, y - 2.2, 5.2, 2.8, colourOf(line.code), '#5e553f', 0.15)
    pen.text(line.code, x + 7, y, { weight: 600 })
  }
  pen.text(line.name, line.what === 'code' ? x + 17 : x + 7, y, { room: width - 32, colour: '#484d56', weight })
  pen.text(ha(line.area_m2), x + width, y, { align: 'right', weight })
}

/** The sign of a layer as its row shows it. */
function sign(pen: Pen, row: Row, x: number, y: number): void {
  const middle = y - 0.9
  const kind = lineOf(row.kind)
  if (row.sign === 'findings') {
    pen.box(x, y - 2.2, 5.2, 2.8, null, red, 0.3)
    for (const from of [0, 1.6, 3.2]) pen.line([[x + from, y + 0.6], [x + from + 2, y - 2.2]], red, 0.3)
  } else if (row.sign === 'admin') pen.line([[x, middle], [x + 5.2, middle]], '#3d4046', 0.35, [2, 0.6, 0.4, 0.6])
  else if (kind === 'kkt') pen.box(x, y - 2.2, 5.2, 2.8, 'rgb(100 37 207 / .28)', violet, 0.2)
  else pen.line([[x, middle], [x + 5.2, middle]], violet, 0.7, kind === 'ccn' ? [1.6, 0.8] : kind === 'kcx' ? [0.5, 0.7] : [])
}

function foot(pen: Pen, [width, height]: [number, number]): void {
  const { source, made } = facts()
  const top = height - margin_mm - 9
  ;[...source, say('sheet.not')].forEach((line, at) => pen.text(line, margin_mm, top + at * 2.9, { size: 2.2, colour: '#484d56', room: width / 2 }))
  made.forEach((line, at) => pen.text(line, width - margin_mm, top + at * 2.9, { size: 2.2, colour: '#484d56', align: 'right', room: width / 2 - margin_mm }))
}

function save(blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${printing.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'ranh'}.png`
  link.click()
  URL.revokeObjectURL(link.href)
}
