/** Thrown while an answer is read; the client turns it into a failure that names host and path. */
export class UnexpectedAnswer extends Error {}

/** A value of unknown shape with the place it came from, for messages. */
export type Fields = ReadonlyMap<string, unknown>;

/** The members of a JSON object. Throws UnexpectedAnswer for anything else. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnexpectedAnswer(`${what} is not an object`);
  }
  return new Map(Object.entries(value));
}

/** The items of a JSON array; null, which Go writes for an empty one, is empty. */
export function itemsOf(value: unknown, what: string): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new UnexpectedAnswer(`${what} is not a list`);
  return value;
}

/** A string that has to be there. */
export function textOf(fields: Fields, key: string, what: string): string {
  const value = fields.get(key);
  if (typeof value !== 'string') throw new UnexpectedAnswer(`${what} has no "${key}"`);
  return value;
}

/** A string that may be missing, null or empty: all of them are null. */
export function optionalText(fields: Fields, key: string): string | null {
  const value = fields.get(key);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A list of strings that may be missing or null: both are empty. */
export function textsOf(fields: Fields, key: string, what: string): readonly string[] {
  return itemsOf(fields.get(key), `"${key}" of ${what}`).map((item) => {
    if (typeof item !== 'string') {
      throw new UnexpectedAnswer(`"${key}" of ${what} holds something that is no text`);
    }
    return item;
  });
}

/** A finite number, from a number or from digits (eKuiper has written both), else null. */
export function optionalNumber(fields: Fields, key: string): number | null {
  const value = fields.get(key);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The members of a JSON object, null for anything else: a rule may hold what eKuiper itself never reads. */
export function objectOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

/** A member whatever the letter case of its key, the last one first: Go's JSON reader does so. */
export function memberOf(fields: Fields, key: string): unknown {
  const found = [...fields].findLast(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}
