/**
 * Where the server's paths begin: nowhere, or below the path under which a
 * reverse proxy shows this page.
 */
export function rootOf(page: string): string {
  return new URL('.', page).pathname.replace(/\/$/, '')
}

const root = typeof location === 'undefined' ? '' : rootOf(location.href)

/** A path of the server as the browser has to ask for it. */
export function here(path: string): string {
  return path.startsWith('/') ? `${root}${path}` : path
}
