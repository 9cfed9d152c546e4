import type { Mark } from './cursor.ts';

const BRACKETS: ReadonlySet<number> = new Set([...',[]{}'].map((char) => char.charCodeAt(0)));

export type TokenType =
  | 'stream-start'
  | 'stream-end'
  | 'version'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** The text of a scalar, the name of an alias or anchor, the handle of a tag, or the version of a directive. */
  readonly value: string;
  /** The rest of a tag, or the prefix that a tag directive defines for its handle. */
  readonly suffix: string;
  /** Whether a scalar is neither quoted nor a block; others are always texts. */
  readonly isPlain: boolean;
}

/** Creates a token that has only a type. */
export function bareToken(type: TokenType, start: number, end: number): Token {
  return { type, start, end, value: '', suffix: '', isPlain: false };
}

/** A position where a key without `?` may have started; only a later `:` shows whether it did. */
export interface SimpleKey {
  isPossible: boolean;
  readonly isRequired: boolean;
  readonly token: number;
  readonly mark: Mark;
}

/**
 * `yaml.v3`: YAML as eKuiper parses it. `1.2`: inside brackets `what?` and `:name` are texts too, `{a:, b}` has two
 * keys, tabs are allowed in empty lines and before comments, and `%YAML 1.2` is accepted. Source: YAML 1.2.2, 6.2,
 * 6.6, 7.3.3 and 7.4.2.
 */
export type YamlSyntax = 'yaml.v3' | '1.2';

/** `, [ ] { }` */
export function isFlowIndicator(code: number): boolean {
  return BRACKETS.has(code);
}
