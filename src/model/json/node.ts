/** A range of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A parsed JSON value with its offsets, as written: duplicates and letter case are kept. */
export type JsonNode =
  | ({ readonly type: 'object'; readonly members: readonly JsonMember[] } & Span)
  | ({ readonly type: 'array'; readonly items: readonly JsonNode[] } & Span)
  | ({ readonly type: 'string'; readonly value: string } & Span)
  | ({ readonly type: 'number'; readonly value: number; readonly text: string } & Span)
  | ({ readonly type: 'boolean'; readonly value: boolean } & Span)
  | ({ readonly type: 'null' } & Span);

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** The result of Go's encoding/json for a text. */
export type GoJson =
  | { readonly ok: true; readonly root: JsonNode }
  | {
      readonly ok: false;
      /** Go's error message: `invalid character '}' looking for beginning of object key string`. */
      readonly message: string;
      readonly at: Span;
    };
