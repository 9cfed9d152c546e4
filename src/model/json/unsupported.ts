/**
 * Go's error message (after `json: `) for a value that encoding/json cannot encode; null when it can. Does not look
 * inside lists and maps. YAML can have such values. Source: encoding/json UnsupportedValueError,
 * UnsupportedTypeError.
 */
export function unsupportedByJson(value: unknown): string | null {
  if (value instanceof Map) return 'unsupported type: map[interface {}]interface {}';
  if (typeof value !== 'number' || Number.isFinite(value)) return null;
  const word = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return `unsupported value: ${word}`;
}
