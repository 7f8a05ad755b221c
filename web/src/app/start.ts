import { findings } from '../check/findings.svelte'
import { data } from './data.svelte'
import { detail } from './detail.svelte'
import { view } from './view.svelte'

/** Reads everything the first screen needs. */
export async function start(): Promise<void> {
  await data.load()
  if (data.status !== 'ready') return
  if (data.check) await findings.load()
  else findings.status = 'ready'
  // A link may have named a finding before the list was there, or a zone before it was known which layers have zones.
  if (view.selection && (detail.status !== 'ready' || view.selection.type === 'feature')) void detail.load(view.selection)
}
