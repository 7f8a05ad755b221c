// Degrees with minutes and seconds, and with the letters of the compass in Vietnamese and in English.

export interface Angles {
  lat: number
  lon: number
  latFirst: boolean
}

interface Angle {
  value: number
  axis: 'lat' | 'lon' | null
}

const east = 'EĐ'
const west = 'WT'
// N is north in English and nam, south, in Vietnamese: beside a B or an Đ it is Vietnamese.
const letters = /[NSEWBĐT]/gi

/** Two angles of a text with degree signs or letters; null for any other text. */
export function angles(text: string): Angles | null {
  const plain = text.replace(/[′’ʹ]/g, "'").replace(/[″”ʺ]|''/g, '"').replace(/[ºo˚](?=\s*\d|\s*$)/g, '°')
  const lettered = plain.match(letters)?.length ?? 0
  if (!plain.includes('°') && !plain.includes("'") && lettered !== 2) return null
  const vietnamese = /[BĐ]/i.test(plain)
  const parts = split(plain)
  const read = parts?.map((part) => angle(part, vietnamese)) ?? []
  const [a, b] = read
  if (read.length !== 2 || !a || !b || (a.axis !== null && a.axis === b.axis)) return null
  // Without letters the larger one is the longitude, as everywhere in the country.
  const latFirst = a.axis === null && b.axis === null ? a.value < b.value : a.axis === 'lat' || b.axis === 'lon'
  return latFirst ? { lat: a.value, lon: b.value, latFirst } : { lat: b.value, lon: a.value, latFirst }
}

/** A text of two angles as two texts: behind or before letters, between signs, or at a comma. */
function split(text: string): string[] | null {
  const behind = /^(.*?\d.*?[NSEWBĐT])[\s,;]*(.*\d.*[NSEWBĐT])\s*$/i.exec(text)
  if (behind) return behind.slice(1)
  const before = /^\s*([NSEWBĐT].*?\d.*?)[\s,;]*([NSEWBĐT].*\d.*)$/i.exec(text)
  if (before) return before.slice(1)
  const signs = /^([^°]*°[^°]*?)[\s,;]+([^\s,;]*\d+(?:[.,]\d+)?\s*°.*)$/.exec(text)
  return signs ? signs.slice(1) : null
}

function angle(text: string, vietnamese: boolean): Angle | null {
  const letter = text.match(letters)?.[0]?.toUpperCase() ?? null
  const [degrees, minutes = 0, seconds = 0, ...more] = (text.match(/\d+(?:[.,]\d+)?/g) ?? []).map((part) => Number(part.replace(',', '.')))
  if (degrees === undefined || more.length > 0 || minutes >= 60 || seconds >= 60) return null
  const value = degrees + minutes / 60 + seconds / 3600
  if (letter === null) return { value, axis: null }
  const axis = (east + west).includes(letter) ? 'lon' : 'lat'
  const negative = west.includes(letter) || letter === 'S' || (letter === 'N' && vietnamese)
  return { value: negative ? -value : value, axis }
}
