/** The part of a long list that must be in the document. */
export interface Window {
  first: number
  /** One past the last. */
  end: number
  before: number
  after: number
}

/** Rows of one height: which to draw for a scroll position, and the room of the rest. */
export function windowOf(scrollTop: number, height: number, row: number, count: number, spare = 6): Window {
  if (count === 0 || row <= 0) return { first: 0, end: 0, before: 0, after: 0 }
  const visible = Math.ceil(Math.max(0, height) / row) + 1
  const top = Math.min(Math.max(0, Math.floor(scrollTop / row)), Math.max(0, count - visible))
  const first = Math.max(0, top - spare)
  const end = Math.min(count, top + visible + spare)
  return { first, end, before: first * row, after: (count - end) * row }
}

/** The scroll position that brings a row into view, moving no more than needed. */
export function scrollTo(index: number, scrollTop: number, height: number, row: number): number {
  const top = index * row
  if (top < scrollTop) return top
  return top + row > scrollTop + height ? top + row - height : scrollTop
}
