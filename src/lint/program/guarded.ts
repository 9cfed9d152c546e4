/** Where code lies that expects to fail, or never runs: offsets into the text, ascending, no overlaps. */
export type GuardedRanges = readonly (readonly [start: number, end: number])[];

const GUARD =
  /^(?:try[ \t]*:|if[ \t]+(?:typing\.)?TYPE_CHECKING\b|with[ \t]+(?:contextlib\.)?suppress\b)/;
const INDENT = /^[ \t]*/;

/** The bodies of `try:`, `if TYPE_CHECKING:` and `with suppress(…):` in Python source, by their indentation. Linear. */
export function guardedInPython(text: string): GuardedRanges {
  const ranges: [number, number][] = [];
  /** The indentation and begin of the outermost guard that is open. */
  let open: { readonly indent: number; readonly start: number } | null = null;
  for (let at = 0, next = 0; at < text.length; at = next) {
    const newline = text.indexOf('\n', at);
    next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next);
    const indent = INDENT.exec(line)?.[0].length ?? 0;
    const rest = line.slice(indent);
    if (rest.trim() === '' || rest.startsWith('#')) continue;
    if (open && indent <= open.indent) {
      ranges.push([open.start, at]);
      open = null;
    }
    if (!open && GUARD.test(rest)) open = { indent, start: at };
  }
  if (open) ranges.push([open.start, text.length]);
  return ranges;
}

/** Whether a place lies in one of the ranges. */
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
