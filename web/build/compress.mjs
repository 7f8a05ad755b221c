// Writes a brotli form beside every text asset of the build, so that the server
// never compresses at request time, and holds the first load to its budget.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist')
const text = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.txt', '.webmanifest'])

const budgets = { 'first load': 480_000, 'app JS': 60_000, 'loaded when opened': 160_000 }
const sums = { 'first load': 0, 'app JS': 0, 'loaded when opened': 0 }
/** Scripts and styles of the first load are those that the page names; all others wait until what they draw is opened. */
const page = await readFile(path.join(dist, 'index.html'), 'utf8')
const isFirst = (name) => page.includes(`assets/${name}`) || name.startsWith('maplibre')

for (const file of await walk(dist)) {
  const name = path.basename(file)
  if (name.endsWith('.br')) continue
  const size = text.has(path.extname(name)) ? await compress(file) : (await stat(file)).size
  if (name.endsWith('.txt')) continue
  if (/\.(js|css)$/.test(name) && !isFirst(name)) {
    sums['loaded when opened'] += size
    continue
  }
  sums['first load'] += size
  if (name.endsWith('.js') && !name.startsWith('maplibre')) sums['app JS'] += size
}

for (const [what, limit] of Object.entries(budgets)) {
  console.log(`${what}: ${(sums[what] / 1000).toFixed(1)} kB of ${limit / 1000} kB`)
  if (sums[what] > limit) {
    console.error(`${what} is over its budget`)
    process.exitCode = 1
  }
}

async function compress(file) {
  const bytes = await readFile(file)
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  await writeFile(`${file}.br`, packed)
  return packed.length
}

async function walk(folder) {
  const entries = await readdir(folder, { withFileTypes: true })
  const lists = await Promise.all(
    entries.map((entry) => {
      const full = path.join(folder, entry.name)
      return entry.isDirectory() ? walk(full) : [full]
    }),
  )
  return lists.flat().sort()
}
