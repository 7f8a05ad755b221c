// What of the screen is loaded only when it is opened, read from the sources of the web.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../../web/src', import.meta.url));

/** Components that are imported where they are needed, by their place in web/src. */
export function laterParts() {
  const files = readdirSync(sources, { recursive: true }).filter((name) => /\.(svelte|ts)$/.test(name));
  const parts = files.flatMap((file) => {
    const text = readFileSync(join(sources, file), 'utf8');
    return [...text.matchAll(/import\('(\.[^']*\/[A-Z]\w+)\.svelte'\)/g)].map(([, path]) => join(dirname(file), path));
  });
  return [...new Set(parts)].toSorted();
}

/** The views of the register, in the order of their links. */
export function registerViews() {
  const [, list] = /shows = \[([^\]]+)\]/.exec(readFileSync(join(sources, 'register/shown.ts'), 'utf8'));
  return [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name);
}
