import type { Province } from '../api/types'
import { words } from '../i18n/index.svelte'

/** A province with the CRS that is prescribed for it, as a list shows it. */
export interface ProvinceChoice {
  name: string
  crs: string
}

/** Provinces in the order of the language, with the name of 2025 where that is another. */
export function provinceChoices(provinces: readonly Province[]): ProvinceChoice[] {
  const named = provinces.map(({ name, name_2025, crs }) => ({ name: name === name_2025 ? name : `${name} (${name_2025})`, crs }))
  return named.toSorted((a, b) => a.name.localeCompare(b.name, words.lang))
}

/** CRSs that data come in beside those of provinces. */
export const otherChoices = ['EPSG:4326', 'EPSG:4756', 'EPSG:3405', 'EPSG:3406'] as const
