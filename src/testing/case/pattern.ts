/** The type names of `$type`. */
export const TYPE_NAMES = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
] as const;

export type TypeName = (typeof TYPE_NAMES)[number];

export function isTypeName(text: string): text is TypeName {
  return TYPE_NAMES.some((name) => name === text);
}

/** What a value must match. An object pattern lists the keys to check, unless `isExact`; a list has an exact length. */
export type Pattern =
  | { readonly is: 'equal'; readonly value: string | number | boolean | null }
  | { readonly is: 'list'; readonly items: readonly Pattern[] }
  | {
      readonly is: 'object';
      readonly members: ReadonlyMap<string, Pattern>;
      readonly isExact: boolean;
    }
  | { readonly is: 'rules'; readonly rules: readonly Rule[] };

/** One `$…` key of a matcher; a matcher holds when all of its rules hold. */
export type Rule =
  | { readonly rule: 'type'; readonly types: readonly TypeName[] }
  | { readonly rule: 'min'; readonly than: number }
  | { readonly rule: 'max'; readonly than: number }
  | { readonly rule: 'near'; readonly to: number; readonly by: number }
  | { readonly rule: 'matches'; readonly expression: RegExp }
  | { readonly rule: 'length'; readonly of: Pattern }
  /** `present: false`: the key must be missing. */
  | { readonly rule: 'any'; readonly present: boolean }
  | { readonly rule: 'not'; readonly pattern: Pattern };
