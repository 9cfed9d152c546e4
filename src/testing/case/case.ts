import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import type { Line } from '../../model/target.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** The type names of `$type`. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

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

/** A position in a case file; 1-based. */
interface Place {
  /** Relative to the project, as in messages: `tests/demo.yaml`. */
  readonly file: string;
  readonly line: number;
}

/** The expected error: any, one that contains a text, or one that matches a pattern. */
export type ErrorExpectation =
  | { readonly is: 'any' }
  | { readonly is: 'contains'; readonly text: string }
  | { readonly is: 'pattern'; readonly pattern: Pattern };

interface CaseBase extends Place {
  readonly name: string;
  readonly symbol: string;
  /** Milliseconds; null when the case sets no limit. */
  readonly within: number | null;
  /** The oldest eKuiper for the case; null for all. */
  readonly since: Line | null;
  /** Variables of the plugin's process, with placeholders; a case with any has a process of its own. */
  readonly env: ReadonlyMap<string, string>;
  /** What the listener at {http} answers; empty: `httpStatus` and `{}` to every request. */
  readonly http: readonly CannedAnswer[];
  readonly httpStatus: number;
  /** The requests to {http} in the order of their arrival; null: any. A source may send more than these. */
  readonly received: readonly Pattern[] | null;
  readonly setup: Setup | null;
}

/** An answer of the listener at {http}. */
export interface CannedAnswer {
  /** Null fits every request. */
  readonly method: string | null;
  /** Without `?` it fits any query; null fits every path. */
  readonly path: string | null;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** With placeholders. A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
}

/** A command that runs before a case, or beside it. */
export interface Setup {
  /** Program and arguments, with placeholders; no shell. */
  readonly command: readonly [string, ...string[]];
  /** Null: it has to end with exit 0 before the case begins. */
  readonly ready: ReadyProbe | null;
  /** Milliseconds until it is ready. */
  readonly within: number;
}

export type ReadyProbe =
  /** Something accepts connections at this port of 127.0.0.1. */
  | { readonly is: 'port'; readonly port: string }
  /** A line of its output contains this. */
  | { readonly is: 'line'; readonly text: string }
  /** This ends with exit 0. */
  | { readonly is: 'command'; readonly command: readonly [string, ...string[]] };

/** The keys that cases of every kind have. */
export type CommonKey = keyof CaseBase;

export interface FunctionCall {
  readonly args: readonly unknown[];
  /** Null: any result is accepted. */
  readonly result: Pattern | null;
  readonly error: ErrorExpectation | null;
}

export interface FunctionCase extends CaseBase {
  readonly kind: 'function';
  readonly aggregate: boolean | null;
  readonly validate: Pick<FunctionCall, 'args' | 'error'> | null;
  /** In order; a case with top-level `args` has one call. */
  readonly calls: readonly FunctionCall[];
  /** Whether the case has `calls`, for the path of a difference. */
  readonly isConversation: boolean;
}

export interface SourceCase extends CaseBase {
  readonly kind: 'source';
  readonly confKey: string | null;
  readonly config: Settings;
  readonly dataSource: string | null;
  /** Null: as many as `rows` or `meta` list, and until every pattern of `some` was matched. */
  readonly messages: number | null;
  readonly rows: readonly Pattern[];
  readonly each: Pattern | null;
  readonly some: readonly Pattern[];
  readonly meta: readonly Pattern[];
  readonly error: ErrorExpectation | null;
}

/** `each`: an array of one row for each row, as eKuiper sends; `single`: bare rows (sendSingle); `batch`: one array. */
export type SendMode = 'each' | 'single' | 'batch';

export interface WrittenFile {
  /** May contain placeholders. */
  readonly file: string;
  readonly content:
    | { readonly is: 'lines'; readonly lines: readonly Pattern[] }
    | { readonly is: 'text'; readonly text: Pattern }
    | { readonly is: 'json'; readonly json: Pattern }
    | { readonly is: 'contains'; readonly texts: readonly string[] };
}

export interface SinkCase extends CaseBase {
  readonly kind: 'sink';
  readonly config: Settings;
  /** The rows to send; the case has either these or `raw`. */
  readonly rows: readonly unknown[];
  readonly send: SendMode;
  /** Messages sent unchanged. */
  readonly raw: readonly string[];
  readonly wrote: readonly WrittenFile[];
  readonly acks: { readonly ok: number; readonly errors: number } | null;
  readonly error: ErrorExpectation | null;
}

/** A test case of a case file. */
export type Case = FunctionCase | SourceCase | SinkCase;

/** The settings with which the built-in checks start a symbol when the defaults do not work. */
export interface CheckSettings {
  readonly confKey: string | null;
  readonly config: Settings;
  readonly dataSource: string | null;
  /** For a sink. */
  readonly rows: readonly unknown[] | null;
  /** For a function. */
  readonly args: readonly unknown[] | null;
}

/** The settings for the built-in checks in a project's case files. */
export interface CheckPlan {
  readonly skip: readonly string[];
  /** By {@link symbolKey}. */
  readonly settings: ReadonlyMap<string, CheckSettings>;
}

export const NO_CHECK_PLAN: CheckPlan = { skip: [], settings: new Map() };

/** The key of a symbol of any kind: `source ticker`. */
export function symbolKey(symbol: PluginSymbol): string {
  return `${symbol.kind} ${symbol.name}`;
}

/** The symbol that a case tests. */
export function symbolOf(one: {
  readonly kind: SymbolKind;
  readonly symbol: string;
}): PluginSymbol {
  return { kind: one.kind, name: one.symbol };
}
