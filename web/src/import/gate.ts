import { view } from '../app/view.svelte'
import type { Entry } from './zip'

/** Opens the import and sends files. Its code is loaded only then. */
export async function take(entries: Entry[]): Promise<void> {
  if (entries.length === 0) return
  view.open('import')
  const { importing } = await import('./importing.svelte')
  await importing.take(entries)
}
