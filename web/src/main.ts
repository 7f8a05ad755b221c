import { mount } from 'svelte'
import './ui/tokens.css'
import './ui/fonts.css'
import './ui/base.css'
import App from './App.svelte'
import { start } from './app/start'
import { watchStore } from './app/watch'
import { view } from './app/view.svelte'
import { data } from './app/data.svelte'
import { findings } from './check/findings.svelte'
import { words } from './i18n/index.svelte'
import { mapState } from './map/state.svelte'
import { restore } from './permalink/sync.svelte'

declare global {
  interface Window {
    /** For browser tests: the map and what the screen holds. */
    __ranh?: { readonly map: unknown; readonly state: unknown }
  }
}

const link = await restore()
const target = document.getElementById('app')
if (target) mount(App, { target, props: { place: link.place } })
window.__ranh = {
  get map() {
    return mapState.map
  },
  state: { view, data, findings, mapState, words },
}
void start()
watchStore()
