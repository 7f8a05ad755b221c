import table from '../../../data/codes/second_palette.json'

/** The colour of each code in the second palette. */
export const second: ReadonlyMap<string, string> = new Map(table.classes.flatMap(({ rgb, codes }) => codes.map((code) => [code, rgb] as const)))
