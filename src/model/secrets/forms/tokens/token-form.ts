/** A token with a fixed part and a fixed or minimum length. */
export interface TokenForm {
  /** With its article: `a GitHub token`. */
  readonly what: string;
  /** The fixed parts: three characters or more, mostly at the start. */
  readonly needles: readonly string[];
  /** The text after the fixed part. Sticky, of bounded length. */
  readonly rest: RegExp;
  /** The text before a fixed part that is not at the start: ends with `$`, 80 characters at most. */
  readonly front?: RegExp;
  /** Sample values that the issuer prints in its documentation. */
  readonly sample?: RegExp;
}

/** Creates a token form; `needles` are its possible starts, separated by blanks. */
export function of(
  what: string,
  needles: string | readonly string[],
  rest: RegExp,
  sample?: RegExp,
): TokenForm {
  const own = typeof needles === 'string' ? needles.split(' ') : needles;
  return sample === undefined ? { what, needles: own, rest } : { what, needles: own, rest, sample };
}

/** `name = value`, `"name": "value"` with a base64 value of at least `length` characters. */
export function assignedAtLeast(length: number): RegExp {
  return new RegExp(`["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length},400}`, 'y');
}

/** As {@link assignedAtLeast}, with exactly `length` characters. */
export function assigned(length: number): RegExp {
  return new RegExp(
    `["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}(?![A-Za-z0-9+/=])`,
    'y',
  );
}
