import type { Entry } from './zip'

/** Every file of a drop, with those of folders: a file geodatabase is one. */
export async function dropped(transfer: DataTransfer): Promise<Entry[]> {
  // The list is emptied once the event is over, so all is asked for before anything is waited for.
  const roots = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const plain = [...transfer.files].map((file) => ({ path: file.name, file }))
  if (!roots.some((root) => root.isDirectory)) return plain
  const found: Entry[] = []
  for (const root of roots) await walk(root, found)
  return found
}

async function walk(entry: FileSystemEntry, found: Entry[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    found.push({ path: entry.fullPath.replace(/^\//, ''), file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
  for (let some = await next(); some.length > 0; some = await next()) {
    for (const each of some) await walk(each, found)
  }
}
