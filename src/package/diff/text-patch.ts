import type { StructuredPatchHunk } from 'diff';
import { maskedLines } from '../../model/secrets/masked-lines.ts';

/** Changed lines with three lines of context, as in a unified diff. Line numbers start at 1. */
export interface Hunk {
  readonly beforeStart: number;
  readonly beforeLines: number;
  readonly afterStart: number;
  readonly afterLines: number;
  /** Each starts with ` `, `-`, `+` or `\` (no line feed at the end of the file). */
  readonly lines: readonly string[];
}

/** The changes of a text, or why they are not shown. */
export type TextChange =
  | { readonly shown: true; readonly hunks: readonly Hunk[] }
  | { readonly shown: false; readonly why: 'binary' | 'large' | 'rewritten' | 'enough' };

/** Larger files are compared by digest only. */
export const TEXT_LIMIT = 256 * 1024;

const CONTEXT = 3;
/** Maximum number of added and removed lines per file: nobody reads more, and the search takes quadratic time. */
const MOST_EDITS = 1000;
/** Limit of lines for all texts of one comparison. */
const MOST_LINES = 20_000;
const BINARY_WITHIN = 8000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Creates the text changes of one comparison; returns `enough` when they exceed the limit. */
export class TextPatches {
  #left: number;

  constructor(mostLines: number = MOST_LINES) {
    this.#left = mostLines;
  }

  /** The changed lines between two texts; null represents a missing file. */
  async between(
    path: string,
    before: Uint8Array | null,
    after: Uint8Array | null,
  ): Promise<TextChange> {
    const [was, is] = [textOf(before), textOf(after)];
    if (was === null || is === null) return { shown: false, why: 'binary' };
    if (this.#left <= 0) return { shown: false, why: 'enough' };
    if (fewestEdits(was, is) > MOST_EDITS) return { shown: false, why: 'rewritten' };
    const { structuredPatch } = await import('./structured-patch.ts');
    const limits = { context: CONTEXT, maxEditLength: MOST_EDITS };
    const patch = structuredPatch(path, path, was, is, undefined, undefined, limits);
    if (patch === undefined) return this.#spend(MOST_EDITS, { shown: false, why: 'rewritten' });
    const [old, now] = [was, is].map((text) => maskedLines(path, text.split('\n')));
    const hunks = patch.hunks.map((hunk) => ({
      beforeStart: hunk.oldStart,
      beforeLines: hunk.oldLines,
      afterStart: hunk.newStart,
      afterLines: hunk.newLines,
      lines: linesOf(hunk, old ?? [], now ?? []),
    }));
    const lines = hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
    return this.#spend(lines, { shown: true, hunks });
  }

  #spend(lines: number, change: TextChange): TextChange {
    this.#left -= lines;
    return change;
  }
}

/** The lines of a hunk for display: a line that is masked on one side is masked on both. */
function linesOf(
  hunk: StructuredPatchHunk,
  before: readonly string[],
  after: readonly string[],
): string[] {
  let [was, is] = [hunk.oldStart - 1, hunk.newStart - 1];
  return hunk.lines.map((line) => {
    const mark = line.charAt(0);
    if (mark === '\\') return line;
    const old = mark === '+' ? undefined : before[was++];
    const now = mark === '-' ? undefined : after[is++];
    return mark + (old === line.slice(1) ? (now ?? old) : (old ?? now ?? ''));
  });
}

/** A lower bound for the number of changed lines, calculated before a search that may take long. */
function fewestEdits(before: string, after: string): number {
  const lines = new Map<string, number>();
  const [was, is] = [before.split('\n'), after.split('\n')];
  for (const line of was) lines.set(line, (lines.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of is) {
    const left = lines.get(line) ?? 0;
    if (left === 0) continue;
    lines.set(line, left - 1);
    common += 1;
  }
  return was.length + is.length - 2 * common - 2;
}

/** Null for binary content: it contains a zero byte (as git decides) or is not UTF-8. */
function textOf(bytes: Uint8Array | null): string | null {
  if (bytes === null) return '';
  if (bytes.subarray(0, BINARY_WITHIN).includes(0)) return null;
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
