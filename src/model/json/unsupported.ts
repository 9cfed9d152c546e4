/**
 * Why Go's encoding/json writes no such value, in its words behind `json: `; null for one that it writes. What is inside
 * of it is not looked at. YAML can have such values. Source: encoding/json UnsupportedValueError, UnsupportedTypeError.
 */
export function unsupportedByJson(value: unknown): string | null {
  if (value instanceof Map) return 'unsupported type: map[interface {}]interface {}';
  if (typeof value !== 'number' || Number.isFinite(value)) return null;
  const word = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return `unsupported value: ${word}`;
}
