import { depthOf, is, type Token } from '../tokens/token.ts';

/** A class or function of a Python source. */
export interface PythonBlock {
  readonly kind: 'class' | 'def';
  readonly name: Token;
  readonly isAsync: boolean;
  readonly isDecorated: boolean;
  /** What stands between the name and the colon. */
  readonly header: readonly Token[];
  /** The tokens of its body without those of the classes and functions in it. */
  readonly body: readonly Token[];
  /** The classes and functions directly in it. */
  readonly inner: readonly PythonBlock[];
}

interface OpenBlock extends PythonBlock {
  readonly body: Token[];
  readonly inner: PythonBlock[];
  readonly indent: number;
}

/** The classes and functions in the tokens of a Python source that are in no other, by the indentation. Linear. */
export function pythonBlocks(tokens: readonly Token[], text: string): readonly PythonBlock[] {
  const top: PythonBlock[] = [];
  const open: OpenBlock[] = [];
  let isDecorated = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    if (token.type !== 'newline' && isFirst(tokens, at)) {
      const indent = indentOf(text, token.start);
      while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
      const found = blockAt(tokens, at, { indent, isDecorated });
      isDecorated = is(token, '@');
      if (found) {
        (open.at(-1)?.inner ?? top).push(found.block);
        open.push(found.block);
        at = found.last;
        continue;
      }
    }
    open.at(-1)?.body.push(token);
  }
  return top;
}

/** All blocks, the outer ones first. */
export function allBlocks(blocks: readonly PythonBlock[]): readonly PythonBlock[] {
  const all = [...blocks];
  for (let at = 0; at < all.length; at += 1) {
    for (const inner of all[at]?.inner ?? []) all.push(inner);
  }
  return all;
}

function isFirst(tokens: readonly Token[], at: number): boolean {
  return at === 0 || tokens[at - 1]?.type === 'newline';
}

/** The columns in front of a line's first token; a tab leads to the next multiple of eight. */
function indentOf(text: string, start: number): number {
  let columns = 0;
  for (let at = text.lastIndexOf('\n', start - 1) + 1; at < start; at += 1) {
    columns = text[at] === '\t' ? columns - (columns % 8) + 8 : columns + 1;
  }
  return columns;
}

/** The block whose header begins at a token, and the index of its colon; null when none does. */
function blockAt(
  tokens: readonly Token[],
  at: number,
  { indent, isDecorated }: { readonly indent: number; readonly isDecorated: boolean },
): { readonly block: OpenBlock; readonly last: number } | null {
  const isAsync = is(tokens[at], 'async');
  const word = isAsync ? at + 1 : at;
  const kind = (['class', 'def'] as const).find((one) => is(tokens[word], one));
  const name = tokens[word + 1];
  if (!kind || name?.type !== 'name') return null;
  let depth = 0;
  for (let last = word + 2; last < tokens.length; last += 1) {
    const token = tokens[last];
    if (!token || token.type === 'newline') return null;
    depth += depthOf(token);
    if (depth > 0 || !is(token, ':')) continue;
    const header = tokens.slice(word + 2, last);
    const block = { kind, name, isAsync, isDecorated, header, body: [], inner: [], indent };
    return { block, last };
  }
  return null;
}
