import { tick } from 'svelte'

/** Runs once what was just asked for is in the document. */
export function runAfterFocus(action: () => void): void {
  void tick().then(action)
}
