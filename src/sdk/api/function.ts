import type { Log, RuleMeta } from './context.ts';

/** Where in which rule the function is called. The same place gets the same object as long as it is in use. */
export interface FunctionContext {
  readonly rule: RuleMeta;
  /** Tells several calls of one function in one rule apart. */
  readonly funcId: number;
  /** `rule_op_instance_func`: for a Map of state that belongs to one place. */
  readonly key: string;
  readonly log: Log;
}

export type Exec = (args: readonly unknown[], context: FunctionContext) => unknown;

/** One instance serves all rules; it is called for one row at a time. */
export interface FunctionSymbol {
  /**
   * The result for one row: anything JSON can hold, or bytes; undefined becomes null. A promise is awaited. What it
   * throws is the error of that row. Missing fields of a row arrive as null, bytes as base64 (`toBytes`).
   */
  exec(args: readonly unknown[], context: FunctionContext): unknown;
  /**
   * Looks at the arguments as written in SQL when the rule is made; a text that it returns, or an error that it
   * throws, refuses the rule. A field of a row is a {@link FieldReference}, a literal `{ Val: … }`.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a validate that only throws has nothing to return
  validate?(args: readonly unknown[]): string | void | Promise<string | void>;
  /** True for a function of a whole window: each of its arguments is then a list. */
  readonly isAggregate?: boolean | (() => boolean);
}

/** A field in the arguments of `validate`; the last three since eKuiper 2.3. */
export interface FieldReference {
  readonly StreamName: string;
  readonly Name: string;
  readonly HasIndex?: boolean;
  readonly SourceIndex?: number;
  readonly Index?: number;
}

/** A function that is just `exec`, an object, or a class that is made once. */
export type FunctionSpec = Exec | FunctionSymbol | (new () => FunctionSymbol);

/** Whether an argument of `validate` is a field of a row, whose value nobody knows yet. */
export function isFieldReference(arg: unknown): arg is FieldReference {
  return (
    typeof arg === 'object' &&
    arg !== null &&
    'StreamName' in arg &&
    'Name' in arg &&
    typeof arg.Name === 'string'
  );
}
