/**
 * Where the server's paths begin: nowhere, or below the path under which a
 * reverse proxy shows this page.
 */
export function rootOf(page: string): string {
  return new URL('.', page).pathname.replace(/\/$/, '')
}

const root = typeof location === 'undefined' ? '' : rootOf(location.href)

/** The language in which the server is asked to say what is wrong. */
export function language(): string {
  return (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'vi'
}

/** A path of the server as the browser has to ask for it. */
export function here(path: string): string {
  return path.startsWith('/') ? `${root}${path}` : path
}
