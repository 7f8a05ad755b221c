import { words } from '../i18n/index.svelte'
import { fixed } from '../i18n/format'

/** A coordinate as the language writes it, to the millimetre. */
export const writeMetres = (value: number): string => fixed(value, 3, words.lang)

/** Metres as people type them, with whichever marks of thousands and decimals; null for anything else. */
export function readMetres(text: string): number | null {
  const plain = text.trim().replace(/[\s\u00a0\u202f']/g, '').replace('\u2212', '-')
  const [dots, commas] = [plain.match(/\./g)?.length ?? 0, plain.match(/,/g)?.length ?? 0]
  let number: string
  if (dots > 0 && commas > 0) {
    // The last mark is that of decimals.
    const decimal = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ','
    number = plain.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
  } else if (dots + commas > 1) number = plain.replace(/[.,]/g, '')
  else number = plain.replace(',', '.')
  // 450.123 may be kilometres or metres: a coordinate of the country has at least five digits before the mark.
  if (/^-?\d{1,4}\.\d{3}$/.test(number) && dots + commas === 1) number = number.replace('.', '')
  return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : null
}

/** A number as people write it, with a comma or a point before the decimals; null for nothing, undefined for no number. */
export function readNumber(text: string): number | null | undefined {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, '')
  if (plain === '') return null
  const marks = plain.match(/[.,]/g)?.length ?? 0
  const decimal = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const number = marks > 1 ? `${plain.slice(0, decimal).replace(/[.,]/g, '')}.${plain.slice(decimal + 1)}` : plain.replace(',', '.')
  return /^\d+(\.\d+)?$/.test(number) ? Number(number) : undefined
}
