import { closest } from '../../model/closest.ts';
import type { CaseIssue } from '../../model/error-catalogue.ts';
import type { Finding } from '../../model/finding.ts';
import type { Span } from '../../model/json/node.ts';
import type { SourceText } from '../../model/source-text.ts';

export interface Mistake {
  readonly rule: CaseIssue;
  readonly at: Span;
  readonly message: string;
  /** Why it is wrong. */
  readonly why: string;
  /** How to fix it. */
  readonly hint: string;
}

/**
 * The maximum number of reported mistakes per file, as compilers have it: more than anybody reads, and describing each
 * of 60,000 lines takes seconds.
 */
const MOST = 100;

/** The maximum number of further cases that are checked, to count the wrong ones. */
const MOST_COUNTED = 10_000;

const MORE: Omit<Mistake, 'at' | 'rule'> = {
  message: `more mistakes begin here; of one file ${MOST} are listed`,
  why: 'they are left out',
  hint: 'Correct those above, and run it again',
};

/** `a mistake`, `7 mistakes`, or `more than 200 mistakes` when some of two files are left out. */
export function mistakeCount(found: readonly Finding[]): string {
  const notes = found.filter(({ message }) => message === MORE.message).length;
  if (notes > 0) return `more than ${found.length - notes} mistakes`;
  return found.length === 1 ? 'a mistake' : `${found.length} mistakes`;
}

/** The mistake of an unknown key, with the most similar known key. */
export function unknownKey(key: string, at: Span, known: readonly string[], of: string): Mistake {
  const meant = closest(key, known);
  return {
    rule: 'case-unknown-key',
    at,
    message: `"${key}" is not known in ${of}`,
    why: `its keys are ${known.join(', ')}`,
    hint: meant === null ? `Leave "${key}" out` : `Write "${meant}" instead of "${key}"`,
  };
}

/** Collects the mistakes of one case file, up to a limit, so that one run reports all. */
export class Mistakes {
  readonly file: string;
  readonly source: SourceText;
  readonly found: Finding[] = [];
  #leftOut = 0;

  constructor(file: string, source: SourceText) {
    this.file = file;
    this.source = source;
  }

  /** Whether the limit is reached and further mistakes are ignored. */
  get isFull(): boolean {
    return this.found.length > MOST;
  }

  add(mistake: Mistake): void {
    if (this.isFull) return;
    const shown = this.found.length === MOST ? { ...mistake, ...MORE } : mistake;
    const { rule, at, message, why, hint } = shown;
    const { line, column } = this.source.positionAt(at.start);
    const rest = this.source.line(line).length - column + 1;
    const length = Math.max(1, Math.min(at.end - at.start, rest));
    this.found.push({
      rule,
      severity: 'error',
      file: this.file,
      line,
      column,
      length,
      message,
      effect: why,
      hint,
    });
  }

  addAll(mistakes: Iterable<Mistake>): void {
    for (const mistake of mistakes) {
      if (this.isFull) return;
      this.add(mistake);
    }
  }

  /** Whether the count has reached its limit. */
  get isCounted(): boolean {
    return this.#leftOut > MOST_COUNTED;
  }

  /** Counts a wrong case that is not reported because of {@link isFull}; the last finding shows the count. */
  leaveOutCase(): void {
    const last = this.found.at(-1);
    if (!last || !this.isFull || this.isCounted) return;
    this.#leftOut += 1;
    const many = this.isCounted ? `more than ${MOST_COUNTED}` : `${this.#leftOut}`;
    const effect = `${MORE.why}: ${many} more ${this.#leftOut === 1 ? 'case is' : 'cases are'} wrong`;
    this.found[this.found.length - 1] = { ...last, effect };
  }

  line(at: Span): number {
    return this.source.positionAt(at.start).line;
  }
}
