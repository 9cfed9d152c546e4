import { exactMember, type JsonMember, type JsonNode, type Span } from '../json/node.ts';

/** A violation as the compiled code of a schema reports it (scripts/validators.ts). */
export interface SchemaError {
  /** JSON pointer of the value: `/properties/default/0`. */
  readonly instancePath: string;
  /** Path in the schema, shortened to what the code uses: `/dependencies/calls/`, `/anyOf/0/required`. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The key that `propertyNames` tested. */
  readonly propertyName?: string;
  /** The schema that contains the keyword, in modules that include schemas; editors show its texts too. */
  readonly about?: Described;
}

/** The texts of a schema that describe its values. */
export interface Described {
  readonly title?: string;
  readonly description?: string;
  /** The message for a violation, then a colon and the reason. Editors know this keyword. */
  readonly errorMessage?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly { readonly required?: readonly string[] }[];
  readonly oneOf?: readonly { readonly required?: readonly string[] }[];
}

/** Returns whether the value is valid; `errors` then has the violations until the next call. */
export interface Validator<T = unknown> {
  (value: unknown): value is T;
  errors?: readonly SchemaError[] | null;
}

/** A value in a file, and the object member that holds it, if any. */
export interface Part {
  readonly node: JsonNode;
  readonly member: JsonMember | null;
}

/** The value at a JSON pointer (`/cases/0/args`); null when there is none. */
export function partAt(root: JsonNode, pointer: string): Part | null {
  let part: Part | null = { node: root, member: null };
  for (const step of stepsOf(pointer)) part = part && under(part.node, step);
  return part;
}

function under(node: JsonNode, step: string): Part | null {
  if (node.type === 'array') {
    const item = node.items[Number(step)];
    return item === undefined ? null : { node: item, member: null };
  }
  const member = exactMember(node, step);
  return member && { node: member.value, member };
}

/** The keys and indices of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Escapes a key for a JSON pointer. */
export function asStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Where to report a missing member: the key of the value that lacks it, else the value's first character. */
export function placeOfMissing({ node, member }: Part): Span {
  return member?.keySpan ?? { start: node.start, end: node.start + 1 };
}
