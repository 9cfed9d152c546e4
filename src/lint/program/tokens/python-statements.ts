import { is, placesOf, splitPair, type Token } from './token.ts';

/**
 * The value of a name that is assigned exactly once, in a statement of its own; null when other code could assign it
 * another value. A dictionary must not be mentioned except there and where it is used.
 */
export function pythonConstant(
  tokens: readonly Token[],
  name: string,
  kind: 'text' | 'dictionary',
): readonly Token[] | null {
  const own = placesOf(tokens, name).filter((index) => !is(tokens[index - 1], '.'));
  const assigned = own.filter((index) => isBound(tokens, index));
  const [at] = assigned;
  if (at === undefined || assigned.length > 1) return null;
  if (kind === 'dictionary' && own.length > 2) return null;
  const before = tokens[at - 1];
  if (before && before.type !== 'newline') return null;
  let end = at;
  while (tokens[end] && tokens[end]?.type !== 'newline') end += 1;
  const value = splitPair(tokens.slice(at, end), '=')?.value;
  return value && value.length > 0 ? value : null;
}

/** Assigned, annotated, modified in place, imported, declared global, or bound by a loop or parameter list. */
function isBound(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (
    ['import', 'as', 'global', 'nonlocal', 'for', 'del', 'def', 'class'].some((word) =>
      is(before, word),
    )
  ) {
    return true;
  }
  if (after?.type !== 'mark') return false;
  if (/^(:=|[+\-*/%&|^@]=|\*\*=|\/\/=)$/.test(after.text)) return true;
  if (after.text === ':') return before === undefined || before.type === 'newline';
  // In brackets, `name=value` passes an argument.
  return (
    after.text === '=' && (before === undefined || before.type === 'newline' || is(before, '='))
  );
}

/** Ranges of code that expects a failure or never runs: offsets into the text, ascending, no overlaps. */
type GuardedRanges = readonly (readonly [start: number, end: number])[];

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
