import type { PluginSymbol, SymbolKind } from '../../model/symbol.ts';
import type { Line } from '../../model/target.ts';
import type { Pattern } from './pattern.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** Where something stands in a case file; 1-based. */
export interface Place {
  /** As the user would name it: relative to the project, `tests/demo.yaml`. */
  readonly file: string;
  readonly line: number;
}

/** What an error has to say: anything at all, a part of its text, or something that the text has to match. */
export type ErrorExpectation =
  | { readonly is: 'any' }
  | { readonly is: 'contains'; readonly text: string }
  | { readonly is: 'pattern'; readonly pattern: Pattern };

interface CaseBase extends Place {
  readonly name: string;
  readonly symbol: string;
  /** Milliseconds; null when the case says nothing. */
  readonly within: number | null;
  /** The oldest eKuiper that it is for; null for all. */
  readonly since: Line | null;
}

/** What every case has besides its kind. */
export type CommonKey = keyof CaseBase;

export interface FunctionCall {
  readonly args: readonly unknown[];
  /** Null: any result will do. */
  readonly result: Pattern | null;
  readonly error: ErrorExpectation | null;
}

export interface FunctionCase extends CaseBase {
  readonly kind: 'function';
  readonly aggregate: boolean | null;
  readonly validate: Pick<FunctionCall, 'args' | 'error'> | null;
  /** In order; a case with `args` at its top has one call. */
  readonly calls: readonly FunctionCall[];
  /** Whether the calls were written as `calls`, for the path of a difference. */
  readonly isConversation: boolean;
}

export interface SourceCase extends CaseBase {
  readonly kind: 'source';
  readonly confKey: string | null;
  readonly config: Settings;
  readonly dataSource: string | null;
  /** Null: as many as `rows` or `meta` list, and until every one of `some` was seen. */
  readonly messages: number | null;
  readonly rows: readonly Pattern[];
  readonly each: Pattern | null;
  readonly some: readonly Pattern[];
  readonly meta: readonly Pattern[];
  readonly error: ErrorExpectation | null;
}

/** `each`: an array of one row per row, as eKuiper sends; `single`: bare rows (sendSingle); `batch`: one array. */
export type SendMode = 'each' | 'single' | 'batch';

export interface WrittenFile {
  /** With placeholders. */
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
  /** What is sent, row by row; the case has either these or `raw`. */
  readonly rows: readonly unknown[];
  readonly send: SendMode;
  /** Bodies as they are. */
  readonly raw: readonly string[];
  readonly wrote: readonly WrittenFile[];
  /** Requests in the order of their arrival; null: whatever comes. */
  readonly received: readonly Pattern[] | null;
  /** Status that the listener at {http} answers. */
  readonly httpStatus: number;
  readonly acks: { readonly ok: number; readonly errors: number } | null;
  readonly error: ErrorExpectation | null;
}

/** One thing that a plugin has to do, as a case file describes it. */
export type Case = FunctionCase | SourceCase | SinkCase;

/** What the built-in checks start a symbol with, where its defaults would not do. */
export interface CheckSettings {
  readonly confKey: string | null;
  readonly config: Settings;
  readonly dataSource: string | null;
  /** For a sink. */
  readonly rows: readonly unknown[] | null;
  /** For a function. */
  readonly args: readonly unknown[] | null;
}

/** What the case files of a project say about the built-in checks. */
export interface CheckPlan {
  readonly skip: readonly string[];
  /** By {@link symbolKey}. */
  readonly settings: ReadonlyMap<string, CheckSettings>;
}

export const NO_CHECK_PLAN: CheckPlan = { skip: [], settings: new Map() };

/** One text for a symbol of any kind: `source ticker`. */
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
