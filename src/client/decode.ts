/** Thrown when a response cannot be decoded; the client turns it into a HostFailure that names host and path. */
export class UnexpectedAnswer extends Error {}

/** The members of a JSON object, not validated yet. */
export type Fields = ReadonlyMap<string, unknown>;

/** The members of a JSON object. Throws UnexpectedAnswer for anything else. `what` names the value in the message. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnexpectedAnswer(`${what} is not an object`);
  }
  return new Map(Object.entries(value));
}

/** The items of a JSON array; empty for null, which Go writes for an empty slice. Throws UnexpectedAnswer otherwise. */
export function itemsOf(value: unknown, what: string): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new UnexpectedAnswer(`${what} is not a list`);
  return value;
}

/** A required string. Throws UnexpectedAnswer when it is missing or not a string. */
export function textOf(fields: Fields, key: string, what: string): string {
  const value = fields.get(key);
  if (typeof value !== 'string') throw new UnexpectedAnswer(`${what} has no "${key}"`);
  return value;
}

/** An optional string; null when it is missing, null or empty. */
export function optionalText(fields: Fields, key: string): string | null {
  const value = fields.get(key);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An optional list of strings; empty when it is missing or null. */
export function textsOf(fields: Fields, key: string, what: string): readonly string[] {
  return itemsOf(fields.get(key), `"${key}" of ${what}`).map((item) => {
    if (typeof item !== 'string') {
      throw new UnexpectedAnswer(`"${key}" of ${what} holds something that is no text`);
    }
    return item;
  });
}

/** A finite number, also from a string of digits (eKuiper has sent both); null otherwise. */
export function optionalNumber(fields: Fields, key: string): number | null {
  const value = fields.get(key);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The members of a JSON object; null for anything else, because a rule may hold values that eKuiper never decodes. */
export function objectOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

/** Looks up a member by its key in any letter case, the last one first, as Go's encoding/json does. */
export function memberOf(fields: Fields, key: string): unknown {
  const found = [...fields].findLast(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}
