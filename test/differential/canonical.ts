/** A value as test/fixtures/text-oracle writes it: two equal values are the same text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Map) return `<${members([...value])}>`;
  if (typeof value === 'object') return `{${members(Object.entries(value))}}`;
  throw new Error(`no canonical form of a ${typeof value}`);
}

function members(entries: readonly (readonly [string, unknown])[]): string {
  return entries
    .map(([key, one]) => `${quoted(key)}:${canonical(one)}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join(',');
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return `f${Number.isNaN(value) ? '7ff8000000000000' : bits.toString('hex')}`;
}

function quoted(text: string): string {
  const ascii = text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${ascii}"`;
}
