import { is, type Token } from './tokens/token.ts';

/** Ranges of code that expects a failure or never runs: offsets into the text, ascending, no overlaps. */
export type GuardedRanges = readonly (readonly [start: number, end: number])[];

/**
 * The bodies of `try:`, `if TYPE_CHECKING:` and `with suppress(…):` in the tokens of Python source, by the indentation
 * of their lines. Linear.
 */
export function guardedInPython(tokens: readonly Token[], text: string): GuardedRanges {
  const ranges: [number, number][] = [];
  /** The indentation and start of the outermost open guard. */
  let open: { readonly indent: number; readonly start: number } | null = null;
  for (const [at, { type, start }] of tokens.entries()) {
    const isFirst = at === 0 || tokens[at - 1]?.type === 'newline';
    if (type === 'newline' || !isFirst) continue;
    const line = text.lastIndexOf('\n', start) + 1;
    const indent = start - line;
    if (open && indent <= open.indent) {
      ranges.push([open.start, line]);
      open = null;
    }
    if (!open && isGuard(tokens, at)) open = { indent, start: line };
  }
  if (open) ranges.push([open.start, text.length]);
  return ranges;
}

function isGuard(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at];
  if (is(word, 'try')) return is(tokens[at + 1], ':');
  const name = is(tokens[at + 2], '.') ? tokens[at + 3] : tokens[at + 1];
  return is(word, 'if') ? is(name, 'TYPE_CHECKING') : is(word, 'with') && is(name, 'suppress');
}

/** Whether an offset is in one of the ranges. */
export function isGuarded(ranges: GuardedRanges, at: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= at;
}
