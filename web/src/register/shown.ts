/** What the page can show, in the order of its links. */
export const shows = ['zones', 'summary', 'halfyear', 'land', 'reports'] as const
export type Shown = (typeof shows)[number]

export const shownOf = (name: string | undefined): Shown => shows.find((each) => each === name) ?? 'zones'
