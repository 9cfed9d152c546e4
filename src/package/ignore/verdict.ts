/** The lists that decide about a path, the strongest first. */
export type ListName =
  | 'strict'
  | 'manifest'
  | 'files'
  | '.kpluginignore'
  | 'defaults'
  | 'everything';

/** Why a path is in the package or not; `pack --explain` prints it. */
export interface Verdict {
  readonly packed: boolean;
  readonly list: ListName;
  /** 1-based line of `.kpluginignore`, or 1-based place in `files`; null for the built-in lists. */
  readonly line: number | null;
  /** The pattern as written, or in words where there is none. */
  readonly rule: string;
  /**
   * What the strict set has against it, in words: why it is left out, or in spite of what it is packed because a line
   * asks for it. Only where the strict set has a say.
   */
  readonly reason?: string;
  /** What is likely a password in it, although it is packed: `it holds a password in clear text in line 3`. */
  readonly guess?: string;
  /** What the content decided about; no line lets in a private key. */
  readonly holds?: 'private key' | 'other secret';
}

/** A line of the project's lists that names what it lets in. */
export interface ExplicitLine {
  readonly list: ListName;
  /** 1-based: of `.kpluginignore`, or the place in `files`. */
  readonly line: number;
  /** As written. */
  readonly rule: string;
}

/** The verdict for everything that no list mentions. */
export const TAKEN: Verdict = {
  packed: true,
  list: 'everything',
  line: null,
  rule: 'no rule leaves it out',
};
