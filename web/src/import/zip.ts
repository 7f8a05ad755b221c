/** A file with its path inside an archive. */
export interface Entry {
  path: string
  file: Blob
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The CRC-32 of a file, read piece by piece: its content never stands in memory. */
async function crc32(file: Blob): Promise<number> {
  let crc = 0xffffffff
  const reader = file.stream().getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    for (const byte of piece.value) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** The fields that a file's own head and the list at the end share. */
function facts(entry: Entry, name: Uint8Array, crc: number): number[] {
  const [version, utf8, stored, time, day] = [20, 1 << 11, 0, 0, 0x21]
  const word = (value: number) => [value & 255, (value >>> 8) & 255]
  const double = (value: number) => [...word(value), ...word(value >>> 16)]
  return [
    ...[version, utf8, stored, time, day].flatMap(word),
    ...[crc, entry.file.size, entry.file.size].flatMap(double),
    ...word(name.length),
    ...word(0),
  ]
}

function bytes(...values: [value: number, size: 2 | 4][]): number[] {
  return values.flatMap(([value, size]) => Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 255))
}

/**
 * Several files as one ZIP archive, stored and not compressed, so that what
 * belongs together (the parts of a Shapefile) is sent together. The files stay
 * where they are and are read when the archive is sent.
 */
export async function pack(entries: readonly Entry[]): Promise<Blob> {
  const parts: BlobPart[] = []
  const list: number[] = []
  let offset = 0
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.path)
    const own = facts(entry, name, await crc32(entry.file))
    const head = Uint8Array.from([...bytes([0x04034b50, 4]), ...own, ...name])
    // Made by Unix; no comment; on the first disk; a plain file.
    list.push(...bytes([0x02014b50, 4], [0x0314, 2]), ...own, ...bytes([0, 2], [0, 2], [0, 2], [0x81a40000, 4], [offset, 4]), ...name)
    parts.push(head, entry.file)
    offset += head.length + entry.file.size
  }
  const count = entries.length
  const end = bytes([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [list.length, 4], [offset, 4], [0, 2])
  return new Blob([...parts, Uint8Array.from([...list, ...end])], { type: 'application/zip' })
}
