import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pack } from './zip.ts'

const reader = `import sys, json, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([z.testzip(), {i.filename: [z.read(i).decode(), oct(i.external_attr >> 16)] for i in z.infolist()}]))`

test('an archive is one that others read, with its letters and checksums', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ranh-zip-'))
  try {
    const archive = await pack([
      { path: 'quy hoạch.shp', file: new Blob(['shape']) },
      { path: 'hồ sơ/quy hoạch.dbf', file: new Blob(['Đất ở']) },
      { path: 'empty', file: new Blob([]) },
    ])
    const file = join(folder, 'a.zip')
    writeFileSync(file, new Uint8Array(await archive.arrayBuffer()))
    const [broken, files] = JSON.parse(execFileSync('python3', ['-c', reader, file], { encoding: 'utf8' }))
    expect(broken).toBeNull()
    expect(files).toEqual({
      'quy hoạch.shp': ['shape', '0o100644'],
      'hồ sơ/quy hoạch.dbf': ['Đất ở', '0o100644'],
      empty: ['', '0o100644'],
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
