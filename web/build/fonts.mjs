// Makes the web fonts from the npm package's TrueType files: the two text
// weights with every Latin and Vietnamese letter (composed and decomposed, with
// the font's own mark positioning, because map labels need both), and a small
// face whose digits share one width, because the stock font has no `tnum` and
// its 1 is little more than half as wide as its 0.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import subset from 'subset-font'
import { digitsFace, digitsText } from './digits-face.mjs'

const require = createRequire(import.meta.url)
const here = path.dirname(fileURLToPath(import.meta.url))
const out = path.join(here, '../public/assets/fonts')
const family = path.dirname(require.resolve('@expo-google-fonts/be-vietnam-pro/package.json'))

const weights = [
  { weight: 400, file: '400Regular/BeVietnamPro_400Regular.ttf' },
  { weight: 600, file: '600SemiBold/BeVietnamPro_600SemiBold.ttf' },
]

// Basic Latin to Latin Extended-A, the horned letters, modifier letters, the
// combining marks, Latin Extended Additional, general punctuation, some signs.
const letters = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x1a0, 0x1b0], [0x2b0, 0x2dd],
  [0x300, 0x36f], [0x1e00, 0x1eff], [0x2000, 0x206f],
]
const signs = '₫€−×÷≤≥≈'
const text = letters.flatMap(([from, to]) => range(from, to)).join('') + signs

// Hinting is half the weight of the files; what is left keeps the shaping that
// marks need and drops stylistic alternates that no screen asks for.
const lean = {
  noHinting: true,
  noLayoutClosure: true,
  keepFeatures: ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'calt', 'rlig'],
  targetFormat: 'woff2',
}

await mkdir(out, { recursive: true })
for (const { weight, file } of weights) {
  const ttf = await readFile(path.join(family, file))
  await write(`be-vietnam-pro-${weight}.woff2`, await subset(ttf, text, lean))
  const digits = digitsFace(ttf, weight)
  await write(`be-vietnam-tab-${weight}.woff2`, await subset(digits, digitsText, lean))
}
await writeFile(path.join(out, 'OFL.txt'), await readFile(path.join(family, 'LICENSE_FONT')))

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at))
}

async function write(name, woff2) {
  await writeFile(path.join(out, name), woff2)
  console.log(`fonts: ${name} ${(woff2.length / 1000).toFixed(1)} kB`)
}
