/** The lists that decide about a path, highest priority first. */
export type ListName =
  | 'strict'
  | 'manifest'
  | 'files'
  | '.kpluginignore'
  | 'defaults'
  | 'everything';

/** Why a path is included or excluded; `pack --explain` prints it. */
export interface Verdict {
  readonly packed: boolean;
  readonly list: ListName;
  /** 1-based line of `.kpluginignore`, or 1-based position in `files`; null for the built-in lists. */
  readonly line: number | null;
  /** The pattern as written, or a description when there is none. */
  readonly rule: string;
  /**
   * The reason of the strict set: why it excludes the path, or what it objects to although a line includes it. Only
   * when the strict set applies.
   */
  readonly reason?: string;
  /** A likely password in a file that is packed all the same: `it holds a password in clear text in line 3`. */
  readonly guess?: string;
  /** The content that decided; no line can include a private key. */
  readonly holds?: 'private key' | 'other secret';
}

/** A line of the project's lists that names what it includes. */
export interface ExplicitLine {
  readonly list: ListName;
  /** 1-based: line of `.kpluginignore`, or position in `files`. */
  readonly line: number;
  /** As written. */
  readonly rule: string;
}

/** The verdict on everything that no list mentions. */
export const TAKEN: Verdict = {
  packed: true,
  list: 'everything',
  line: null,
  rule: 'no rule leaves it out',
};
