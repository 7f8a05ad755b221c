/** What is selected: one finding, or one feature of a collection. */
export type Selection = { type: 'finding'; id: string } | { type: 'feature'; collection: string; id: string }

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b
  return selectionText(a) === selectionText(b)
}

/** `finding:ID` or `COLLECTION/ID`, each part percent-encoded. */
export function selectionText(selection: Selection): string {
  return selection.type === 'finding'
    ? `finding:${encodeURIComponent(selection.id)}`
    : `${encodeURIComponent(selection.collection)}/${encodeURIComponent(selection.id)}`
}

export function parseSelection(text: string): Selection | null {
  try {
    if (text.startsWith('finding:')) {
      const id = decodeURIComponent(text.slice('finding:'.length))
      return id ? { type: 'finding', id } : null
    }
    const [collection, id] = text.split('/', 2).map(decodeURIComponent)
    return collection && id ? { type: 'feature', collection, id } : null
  } catch {
    return null
  }
}
