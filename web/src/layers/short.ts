/**
 * A land-use name without the words that every name carries, for narrow columns:
 * "Đất trồng cây lâu năm" → "Cây lâu năm". The full name is in the tooltip.
 */
export function shortName(name: string): string {
  const bare = name
    .replace(/\s*\([^)]*\)\s*/g, ' ')
    .replace(/^Đất (xây dựng )?(cơ sở )?(công trình )?(sử dụng cho )?(trồng (?=cây|lúa))?/u, '')
    .replace(/\s+land$/u, '')
    .trim()
  return bare ? bare.charAt(0).toUpperCase() + bare.slice(1) : name
}
