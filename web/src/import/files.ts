import { pack, type Entry } from './zip'

/** What is sent: one file under a name. */
export interface Parcel {
  name: string
  body: Blob
}

/** One file as it is; several as an archive that is named after the first. */
export async function parcel(entries: readonly Entry[]): Promise<Parcel | null> {
  const [first] = entries
  if (!first) return null
  if (entries.length === 1 && !first.path.includes('/')) return { name: first.path, body: first.file }
  const stem = (first.path.split('/')[0] ?? first.path).replace(/\.[^.]*$/, '')
  return { name: `${stem}.zip`, body: await pack(entries) }
}
