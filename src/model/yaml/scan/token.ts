import type { Mark } from './cursor.ts';

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
  /** The text of a scalar, the name of an alias or anchor, the handle of a tag, the version of a directive. */
  readonly value: string;
  /** The rest of a tag, or the prefix that a tag directive gives its handle. */
  readonly suffix: string;
  /** Whether a scalar has no quotes and is no block; others are always texts. */
  readonly isPlain: boolean;
}

/** A token that is nothing but its type. */
export function bareToken(type: TokenType, start: number, end: number): Token {
  return { type, start, end, value: '', suffix: '', isPlain: false };
}

/** A place where a key may have begun without `?`; whether it did only shows at the `:`. */
export interface SimpleKey {
  isPossible: boolean;
  readonly isRequired: boolean;
  readonly token: number;
  readonly mark: Mark;
}
