import { expect, test } from 'vitest'
import { chunkOf } from './first-load.mjs'

// main imports view, and view and list each other; panel, loaded later, imports list and its own words.
const modules = {
  main: { isEntry: true, importers: [] },
  view: { isEntry: false, importers: ['main', 'list'] },
  list: { isEntry: false, importers: ['view', 'panel'] },
  panel: { isEntry: false, importers: [] },
  words: { isEntry: false, importers: ['panel'] },
}
const graph = { getModuleInfo: (id) => modules[id] ?? null }

test.each([['main', 'app'], ['view', 'app'], ['list', 'app'], ['panel', null], ['words', null]])('%s goes to %s', (id, chunk) => {
  expect(chunkOf(id, graph)).toBe(chunk)
})
