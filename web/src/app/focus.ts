import { tick } from 'svelte'

/** Runs once what was just asked for is in the document. */
export function runAfterFocus(action: () => void): void {
  void tick().then(action)
}

/** What had the focus when a part beside the map was opened. */
let opener: HTMLElement | null = null
let open = 0
let closing = false

/** Takes the focus to the heading of a part beside the map; what comes back takes it to where it was before. */
export function enterSide(heading: HTMLElement): () => void {
  const { activeElement } = document
  // One part may open another: then the way back leads to what opened the first.
  if (activeElement instanceof HTMLElement && activeElement !== document.body && !activeElement.closest('[data-side]')) opener = activeElement
  else if (open === 0 && !closing) opener = null
  open += 1
  heading.focus()
  return () => {
    open -= 1
    closing = true
    void tick().then(leaveSide)
  }
}

function leaveSide(): void {
  closing = false
  // Whoever closed it by choosing something else is where they want to be.
  if (open > 0 || !opener || document.activeElement !== document.body) return
  const back = opener.isConnected ? opener : document.querySelector<HTMLElement>('[data-panel="info"], [data-panel="map"]')
  back?.focus()
}
