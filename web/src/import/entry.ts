import { place, type Placed } from './preview'
import type { ImportResult, LevelCode, Role, UploadLayer, UploadSource } from '../api/types'

export type ImportRole = Exclude<Role, 'finding' | 'sliver'>
export const importRoles: readonly ImportRole[] = ['zone', 'land_use_plan', 'land_use', 'admin', 'constraint']

/** Encodings that Vietnamese files come in, by the names that the server knows; the titles are names, too. */
export const encodings: readonly [name: string, title: string][] = [
  ['tcvn3', 'TCVN3 (ABC, .VnTime)'],
  ['vni-windows', 'VNI Windows'],
  ['viscii', 'VISCII'],
  ['windows-1258', 'Windows-1258'],
  ['windows-1252', 'Windows-1252'],
  ['utf-8', 'UTF-8'],
]

/** A layer of an upload with what the person says of it, and what became of it. */
export interface Choice {
  key: string
  source: string
  format: string
  layer: UploadLayer
  /** Whether the source has several layers, so that one has to be named. */
  several: boolean
  wanted: boolean
  title: string
  collection: string
  role: ImportRole | ''
  /** Of zones: the kind of those that name none; empty to leave them without. */
  kind: string
  /** The CRS, and behind a bar the province by which it was chosen; empty where the file's own is meant. */
  crs: string
  /** Empty where the file's own is meant, or UTF-8 where it has none. */
  encoding: string
  internal: boolean
  /** Of a drawing: the land-use code for each of its levels and colours; empty for none. */
  codes: string[]
  state: 'open' | 'waiting' | 'running' | 'done' | 'failed'
  percent: number
  result: ImportResult | null
  problem: unknown
}

const known = (role: string | null): ImportRole | '' => importRoles.find((each) => each === role) ?? ''

/** The choices that an upload leaves. One that stands alone is wanted; of several the person says which. */
export function choices(sources: readonly UploadSource[], title: (layer: UploadLayer) => string): Choice[] {
  const usable = sources.filter((source) => source.problem === null)
  const all = usable.flatMap((source) => source.layers.map((layer) => ({ source, layer })))
  return all.map(({ source, layer }) => ({
    key: `${source.path} ${layer.name ?? ''}`,
    source: source.path,
    format: source.format ?? '',
    layer,
    several: source.layers.length > 1,
    wanted: layer.features !== 0,
    title: title(layer),
    collection: layer.collection ?? '',
    role: known(layer.role),
    kind: '',
    crs: '',
    encoding: '',
    internal: false,
    codes: layer.levels.map(() => ''),
    state: 'open',
    percent: 0,
    result: null,
    problem: null,
  }))
}

/** Whether the file has a column for the kinds of zones. */
export const namesKinds = ({ layer }: Pick<Choice, 'layer'>): boolean => layer.fields.includes('kind')

/** Where a choice would lie; null where that is not known yet, or nowhere near. */
export function placedOf({ layer, crs }: Pick<Choice, 'layer' | 'crs'>): Placed | null {
  const meant = crs.split('|')[0] || layer.crs
  return meant ? place(layer.preview, meant) : null
}

/** What still has to be said before a layer can be imported. */
export function missing(choice: Choice): ('title' | 'collection' | 'role' | 'crs')[] {
  const needs: ('title' | 'collection' | 'role' | 'crs')[] = []
  if (!choice.title.trim()) needs.push('title')
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(choice.collection)) needs.push('collection')
  if (!choice.role) needs.push('role')
  if (!choice.layer.crs && !choice.crs) needs.push('crs')
  return needs
}

/** The table of codes that a person has made for a drawing. */
export function levelCodes(choice: Choice): LevelCode[] {
  const given = choice.layer.levels.map(({ level, colour }, at) => ({
    ...(level === null ? {} : { level }),
    ...(colour === null ? {} : { colour }),
    code: (choice.codes[at] ?? '').trim().toUpperCase(),
  }))
  return given.filter((row) => row.code !== '')
}

/** The inputs of the process `import`. */
export function inputs(upload: string, choice: Choice): Record<string, unknown> {
  const codes = levelCodes(choice)
  const all = {
    upload,
    source: choice.source,
    layer: choice.several ? (choice.layer.name ?? '') : '',
    collection: choice.collection,
    title: choice.title.trim(),
    role: choice.role,
    kind: choice.role === 'zone' ? choice.kind : '',
    crs: choice.crs.split('|')[0] ?? '',
    encoding: choice.encoding,
    visibility: choice.internal ? 'internal' : '',
    codes: codes.length > 0 ? codes : '',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}
