import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { bundledPackages } from './build/bundled-packages.mjs'
import { chunkOf } from './build/first-load.mjs'
import { glyphTop } from './build/glyph-top.mjs'

export default defineConfig({
  plugins: [svelte(), glyphTop(), bundledPackages()],
  // The page may stand below a path, behind a reverse proxy.
  base: './',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre alone is about 1.1 MB before compression; build/compress.mjs
    // holds the real budget.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // The worker is a module script: `.js` is served as one everywhere.
        assetFileNames: (asset) =>
          asset.names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [{ name: 'maplibre', test: /node_modules\/maplibre-gl|node_modules\/@mapl?i?b/, priority: 1 }, { name: chunkOf }],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.{ts,mjs}', 'build/**/*.test.mjs'], environment: 'node' },
})
