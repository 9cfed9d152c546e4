/** A text with its line starts, so that offsets become positions without searching twice. */
export interface SourceText {
  readonly text: string;
  /** 1-based line and column (UTF-16 code units) of an offset. */
  positionAt(offset: number): { readonly line: number; readonly column: number };
  /** A line without its line end; empty outside the text. */
  line(number: number): string;
}

/** Indexes a text once, in linear time. Lines end with LF, CRLF or CR, as editors count them. */
export function sourceText(text: string): SourceText {
  const starts = [0];
  const ends: number[] = [];
  for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g)) {
    ends.push(index);
    starts.push(index + lineEnd.length);
  }
  ends.push(text.length);
  return {
    text,
    positionAt(offset) {
      const index = lastAtOrBefore(starts, Math.max(0, Math.min(offset, text.length)));
      return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
    },
    line(number) {
      const start = starts[number - 1];
      return start === undefined ? '' : text.slice(start, ends[number - 1]);
    },
  };
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
