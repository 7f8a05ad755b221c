const scales = new Set(['interpolate', 'interpolate-hcl', 'interpolate-lab'])

/**
 * A paint opacity times a factor. Expressions over the zoom may only stand at
 * the top, so their outputs are scaled instead of the whole.
 */
export function scaleOpacity(value: unknown, factor: number): unknown {
  if (value === undefined || value === null) return factor
  if (typeof value === 'number') return value * factor
  if (!Array.isArray(value)) return value
  const operator: unknown = value[0]
  if (typeof operator === 'string' && scales.has(operator)) {
    return value.map((part: unknown, at) => (at >= 4 && at % 2 === 0 ? scaleOpacity(part, factor) : part))
  }
  if (operator === 'step') {
    return value.map((part: unknown, at) => (at >= 2 && at % 2 === 0 ? scaleOpacity(part, factor) : part))
  }
  return ['*', factor, value]
}

/** The paint properties that make a layer of each type more or less strong. */
const properties: Record<string, string[]> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  symbol: ['text-opacity', 'icon-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
}

/** Those of one layer: one that is translucent as a whole stays so. */
export function opacityProperties(type: string, paint: Record<string, unknown>): string[] {
  return 'line-layer-opacity' in paint ? ['line-layer-opacity'] : (properties[type] ?? [])
}
