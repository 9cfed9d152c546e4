/** Encodes bytes as base64, the form in which eKuiper and plugins exchange them. */
export function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Decodes base64 from an argument or a value of a row. Throws a TypeError for anything but a base64 string. */
export function toBytes(value: unknown): Uint8Array {
  if (typeof value !== 'string')
    throw new TypeError(`bytes come as base64 text, not as ${kindOf(value)}`);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new TypeError('this text is not base64');
  return Buffer.from(value, 'base64');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
