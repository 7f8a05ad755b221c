/** The second palette while it is asked for: the colour of each code. Null: the prescribed colours. */
class Palette {
  colours = $state.raw<ReadonlyMap<string, string> | null>(null)
}

export const palette = new Palette()
