// What the page needs at once goes into one script: many small ones, cut where later parts share something with it,
// compress a tenth worse.

/**
 * The chunk of a module: `app` where a chain of static imports leads from an entry to it, else the bundler's choice.
 * @param {string} id
 * @param {{ getModuleInfo(id: string): { isEntry: boolean, importers: readonly string[] } | null }} graph
 * @returns {string | null}
 */
export function chunkOf(id, graph) {
  const seen = new Set([id])
  for (const each of seen) {
    const info = graph.getModuleInfo(each)
    if (info?.isEntry) return 'app'
    for (const importer of info?.importers ?? []) seen.add(importer)
  }
  return null
}
