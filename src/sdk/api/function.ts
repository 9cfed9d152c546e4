import type { Log, RuleMeta } from './context.ts';

/** The place in a rule that calls the function. The same place gets the same object as long as it is in use. */
export interface FunctionContext {
  readonly rule: RuleMeta;
  /** Distinguishes several calls of one function in one rule. */
  readonly funcId: number;
  /** `rule_op_instance_func`: a key for a Map that holds the state of each calling place. */
  readonly key: string;
  readonly log: Log;
}

export type Exec = (args: readonly unknown[], context: FunctionContext) => unknown;

/** One instance serves all rules; it is called for one row at a time. */
export interface FunctionSymbol {
  /**
   * Returns the result for one row: any JSON value, or bytes; undefined becomes null. A promise is awaited. An error
   * that it throws becomes the error of that row. Missing fields of a row are null, bytes are base64 (`toBytes`).
   */
  exec(args: readonly unknown[], context: FunctionContext): unknown;
  /**
   * Validates the arguments as written in SQL when the rule is created; if it returns a text or throws, eKuiper refuses
   * the rule. A field of a row is a {@link FieldReference}, a literal `{ Val: … }`.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a validate that only throws has nothing to return
  validate?(args: readonly unknown[]): string | void | Promise<string | void>;
  /** True for an aggregate function over a window: each of its arguments is then a list. */
  readonly isAggregate?: boolean | (() => boolean);
}

/** A field in the arguments of `validate`; the last three members since eKuiper 2.3. */
export interface FieldReference {
  readonly StreamName: string;
  readonly Name: string;
  readonly HasIndex?: boolean;
  readonly SourceIndex?: number;
  readonly Index?: number;
}

/** An `exec` function, an object, or a class that is instantiated once. */
export type FunctionSpec = Exec | FunctionSymbol | (new () => FunctionSymbol);

/** Whether an argument of `validate` is a field of a row, whose value is not known yet. */
export function isFieldReference(arg: unknown): arg is FieldReference {
  return (
    typeof arg === 'object' &&
    arg !== null &&
    'StreamName' in arg &&
    'Name' in arg &&
    typeof arg.Name === 'string'
  );
}

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
