/** A token that its issuer marks with a fixed part, and gives a fixed or a least length. */
export interface TokenForm {
  /** With its article: `a GitHub token`. */
  readonly what: string;
  /** The fixed parts: three characters or more, most often the beginning. */
  readonly needles: readonly string[];
  /** What follows the fixed part. Sticky, of bounded length. */
  readonly rest: RegExp;
  /** What stands in front of a fixed part that is not the beginning: ends with `$`, 80 characters at most. */
  readonly front?: RegExp;
  /** What is no secret, because its issuer prints it in documents. */
  readonly sample?: RegExp;
}

/** One whose fixed parts, with a blank between them, are its beginnings. */
export function of(
  what: string,
  needles: string | readonly string[],
  rest: RegExp,
  sample?: RegExp,
): TokenForm {
  const own = typeof needles === 'string' ? needles.split(' ') : needles;
  return sample === undefined ? { what, needles: own, rest } : { what, needles: own, rest, sample };
}

/** `name = value`, `"name": "value"` with a value of base64 of so many characters or more. */
export function assignedAtLeast(length: number): RegExp {
  return new RegExp(`["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}`, 'y');
}

/** The same with just that many characters. */
export function assigned(length: number): RegExp {
  return new RegExp(
    `["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?[A-Za-z0-9+/]{${length}}(?![A-Za-z0-9+/=])`,
    'y',
  );
}
