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
