/** A text with its line starts indexed, to convert offsets to positions. */
export interface SourceText {
  readonly text: string;
  /** 1-based line and column (UTF-16 code units) of an offset. */
  positionAt(offset: number): { readonly line: number; readonly column: number };
  /** The text of a line without its line end; empty for a line that does not exist. */
  line(number: number): string;
}

/** Creates a SourceText; the index is built in linear time at the first request, because most texts need none. */
export function sourceText(text: string): SourceText {
  let known: readonly number[] | null = null;
  const starts = (): readonly number[] => {
    known ??= lineStarts(text);
    return known;
  };
  return {
    text,
    positionAt(offset) {
      const index = lastAtOrBefore(starts(), Math.max(0, Math.min(offset, text.length)));
      return { line: index + 1, column: offset - (starts()[index] ?? 0) + 1 };
    },
    line(number) {
      const start = starts()[number - 1];
      const line = start === undefined ? '' : text.slice(start, starts()[number]);
      return line.replace(/(?:\r\n|\n|\r)$/, '');
    },
  };
}

/** LF, CRLF and CR end a line, as in editors. */
function lineStarts(text: string): number[] {
  const starts = [0];
  const lineEnd = /\r\n|\n|\r/g;
  while (lineEnd.test(text)) starts.push(lineEnd.lastIndex);
  return starts;
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
