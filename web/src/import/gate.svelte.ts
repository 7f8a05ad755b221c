import { view } from '../app/view.svelte'
import type { Entry } from './zip'

/** Whether the import is open. Everything else of it is loaded only then. */
class Gate {
  open = $state(false)

  show(): void {
    this.open = true
    view.panelOpen = true
    view.tab = 'info'
  }

  /** Opens it and sends files. */
  async take(entries: Entry[]): Promise<void> {
    if (entries.length === 0) return
    this.show()
    const { importing } = await import('./importing.svelte')
    await importing.take(entries)
  }
}

export const gate = new Gate()
