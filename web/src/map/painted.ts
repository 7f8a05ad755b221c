/**
 * Does something once the next frame is on the screen; calling what comes back takes it back. Where the map is drawn without
 * a graphics card its frame takes longer than all else, so that what was asked for comes first and the map after it.
 */
export function afterPaint(work: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => (waiting = setTimeout(work)))
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(waiting)
  }
}
