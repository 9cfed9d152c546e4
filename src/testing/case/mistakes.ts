import { closest } from '../../model/closest.ts';
import type { CaseIssue } from '../../model/error-catalogue.ts';
import type { Finding } from '../../model/finding.ts';
import type { Span } from '../../model/json/node.ts';
import type { SourceText } from '../../model/source-text.ts';

export interface Mistake {
  readonly rule: CaseIssue;
  readonly at: Span;
  readonly message: string;
  /** Why that is wrong. */
  readonly why: string;
  /** What would be right. */
  readonly hint: string;
}

/** So many of one file are told: more than anybody reads, and what each of 60,000 lines says takes seconds to print. */
const MOST = 1000;

const MORE: Omit<Mistake, 'at' | 'rule'> = {
  message: `more mistakes begin here; of one file ${MOST} are listed`,
  why: 'they are left out',
  hint: 'Correct those above, and run it again',
};

/** A key that nothing knows, with the one that was probably meant. */
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

/** Gathers the mistakes of one case file, so that all are told in one pass, up to a bound. */
export class Mistakes {
  readonly file: string;
  readonly source: SourceText;
  readonly found: Finding[] = [];

  constructor(file: string, source: SourceText) {
    this.file = file;
    this.source = source;
  }

  /** Whether nothing is added any more. */
  get isFull(): boolean {
    return this.found.length > MOST;
  }

  add(mistake: Mistake): void {
    if (this.isFull) return;
    const told = this.found.length === MOST ? { ...mistake, ...MORE } : mistake;
    const { rule, at, message, why, hint } = told;
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

  line(at: Span): number {
    return this.source.positionAt(at.start).line;
  }
}
