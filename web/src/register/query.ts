/** The filters, in the words of the server and of the address. */
export const filters = [
  'q', 'kind', 'state', 'province', 'commune', 'min_ha', 'max_ha', 'min_fill', 'max_fill', 'min_free_ha', 'conflict',
  'near', 'within_km',
] as const
export type Filter = (typeof filters)[number]

/** The columns by which the server sorts. */
export type Column =
  | 'name' | 'state' | 'commune' | 'declared' | 'area' | 'difference' | 'industrial' | 'leased' | 'free' | 'fill'
  | 'findings' | 'distance'

export interface Sorting {
  column: Column
  descending: boolean
}

export function sortingOf(text: string | undefined): Sorting {
  const descending = text?.startsWith('-') ?? false
  return { column: ((descending ? text?.slice(1) : text) || 'name') as Column, descending }
}

/** What another press on a head asks for: texts begin with A, figures with the largest. */
export function pressed(now: Sorting, column: Column): string {
  const texts: Column[] = ['name', 'state', 'commune', 'distance']
  const first = !texts.includes(column)
  const descending = now.column === column ? !now.descending : first
  return `${descending ? '-' : ''}${column}`
}

/** A list of codes with one of them put in or taken out. */
export function toggled(list: string | undefined, code: string): string {
  const codes = (list ?? '').split(',').filter(Boolean)
  return (codes.includes(code) ? codes.filter((each) => each !== code) : [...codes, code]).join(',')
}

/** A number as a person writes it, with comma or point; nothing for what is none. */
export function numberOf(text: string): string {
  const plain = text.trim().replace(',', '.')
  return plain !== '' && Number.isFinite(Number(plain)) && Number(plain) >= 0 ? plain : ''
}
