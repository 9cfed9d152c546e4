import type { SendMode, TypeName } from './case.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A case file that is valid for its schema (schemas/cases.schema.json), which describes its keys. */
export interface CaseFile {
  readonly cases?: readonly WrittenCase[] | null;
  readonly checks?: WrittenChecks | null;
}

export interface WrittenCall {
  readonly args?: readonly Json[];
  readonly result?: Json;
  readonly error?: Json;
}

/** Exactly one of the three symbol names is set. */
export interface WrittenCase extends WrittenCall, WrittenSettings {
  readonly name: string;
  readonly within?: string | number;
  readonly since?: string;
  readonly function?: string;
  readonly source?: string;
  readonly sink?: string;
  readonly calls?: readonly WrittenCall[];
  readonly aggregate?: boolean;
  readonly validate?: WrittenCall;
  readonly messages?: number;
  readonly each?: Json;
  readonly some?: readonly Json[];
  readonly meta?: readonly Json[];
  readonly send?: SendMode;
  readonly raw?: readonly string[];
  readonly wrote?: WrittenLook | readonly WrittenLook[];
  readonly received?: readonly Json[];
  readonly httpStatus?: number;
  readonly acks?: { readonly ok?: number; readonly errors?: number };
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly http?: readonly WrittenAnswer[];
  readonly setup?: WrittenSetup;
}

/** An answer of the listener at {http}. */
export interface WrittenAnswer {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

type Command = readonly [string, ...string[]];

export interface WrittenSetup {
  readonly command: Command;
  readonly ready?: {
    readonly port?: number | string;
    readonly line?: string;
    readonly command?: Command;
  };
  readonly within?: string | number;
}

/** A file that a sink writes, and one way to check it. */
export interface WrittenLook {
  readonly file: string;
  readonly lines?: readonly Json[];
  readonly text?: Json;
  readonly json?: Json;
  readonly contains?: string | readonly string[];
}

interface WrittenSettings {
  readonly confKey?: string;
  readonly config?: JsonObject;
  readonly dataSource?: string;
  readonly rows?: readonly Json[];
  readonly args?: readonly Json[];
}

type BySymbol = Readonly<Record<string, WrittenSettings>>;

export interface WrittenChecks {
  readonly skip?: readonly string[];
  readonly sources?: BySymbol;
  readonly sinks?: BySymbol;
  readonly functions?: BySymbol;
}

type WrittenType = TypeName | null;

/** An expected value whose keys start with `$`. */
export interface Matcher {
  readonly $type?: WrittenType | readonly WrittenType[];
  readonly $min?: number;
  readonly $max?: number;
  readonly $near?: number;
  readonly $by?: number;
  readonly $matches?: string;
  readonly $length?: Json;
  readonly $exactly?: Json;
  readonly $any?: boolean;
  readonly $not?: Json;
}
