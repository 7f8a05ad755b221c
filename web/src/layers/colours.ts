import { data } from '../app/data.svelte'
import { palette } from './palette.svelte'

// The prescribed colours are the server's table; the map lays them over white
// at the opacity of its style, and swatches show the same mixture.
const overWhite = 0.64

export function colourOf(code: string): string {
  const rgb = palette.colours?.get(code) ?? data.codes.get(code)?.rgb
  return rgb ? `${rgb}${Math.round(overWhite * 255).toString(16).padStart(2, '0')}` : 'transparent'
}
