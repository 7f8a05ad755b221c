// Writes down which npm packages are in the bundle, one folder a line, because
// the texts of their licences go with the program.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const web = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

/** @returns {import('vite').Plugin} */
export function bundledPackages() {
  return {
    name: 'bundled-packages',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const folders = new Set()
      for (const chunk of Object.values(bundle)) {
        for (const id of 'modules' in chunk ? Object.keys(chunk.modules) : []) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]
          if (folder?.startsWith(web)) folders.add(path.relative(web, folder))
        }
      }
      await writeFile(path.join(web, 'node_modules/.bundled-packages'), [...folders].sort().join('\n') + '\n')
    },
  }
}
