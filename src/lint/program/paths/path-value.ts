import { posix } from 'node:path';
import { joinPath, MOST_IN_PATH } from '../../../model/clean-path.ts';
import type { Span } from '../../../model/json/node.ts';
import type { Language } from '../tokens/grammars.ts';
import { textParts } from '../tokens/texts.ts';
import { is, shifted, type Token, tokensOf } from '../tokens/token.ts';

/** A text in a program that may be the path of a file. */
export interface NamedPath {
  readonly path: string;
  readonly at: Span;
}

/** In front of a path that begins at the plugin's root; another one begins where the program was started. */
export const ROOT = '@';

/** Above the plugin's root, where nobody can tell what lies. */
const ABOVE = '/..';

/** Two paths, joined as Python and Node do: one that begins at a root stands for itself. */
export function joinedPath(left: string, right: string): string {
  if (/^[/@]/.test(right) || left === '') return right;
  // No file has such a path; put together from many parts it would be cleaned for each of them.
  if (left.length + right.length > MOST_IN_PATH) return ABOVE;
  const path = joinPath(left, right);
  return left.startsWith(ROOT) && !path.startsWith(ROOT) ? ABOVE : path;
}

/** The same as Go's and Node's `join` do it: nothing begins anew. */
export function appendedPath(left: string, right: string): string {
  return left === '' ? right : joinedPath(left, right.replace(/^\/+/, ''));
}

/** The folder that a path lies in. */
export function folderOf(path: string): string {
  return path === ROOT ? ABOVE : posix.dirname(path);
}

/** A path that an expression writes out. */
export interface PathValue {
  /** `models/n.bin`, or `@/lib/n.bin` where it is made of the place of the program. */
  readonly path: string;
  /** The token behind the expression. */
  readonly next: number;
}

/** Reads the path that begins at a token; null when only running the program could tell. */
export interface PathReader {
  at(index: number): PathValue | null;
}

/** The paths of all expressions of a program that a reader knows and that begin at its root, each expression once. */
export function rootedPaths(tokens: readonly Token[], reader: PathReader): NamedPath[] {
  const found: NamedPath[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const first = tokens[index];
    const begins = first?.type === 'string' || first?.type === 'name' || is(first, '(');
    if (!first || !begins || is(tokens[index - 1], '.')) continue;
    const value = reader.at(index);
    if (value === null) continue;
    const end = tokens[value.next - 1]?.end ?? first.end;
    if (value.path.startsWith(`${ROOT}/`)) {
      found.push({ path: value.path.slice(ROOT.length + 1), at: { start: first.start, end } });
    }
    index = Math.max(index, value.next - 1);
  }
  return found;
}

/** So deep expressions lie in each other, and so many parts one has; what is longer is not read. */
export const MOST_DEPTH = 12;
export const MOST_PARTS = 20;

/** Arguments of a call, and the index after its closing bracket. */
export interface PathList {
  readonly paths: readonly string[];
  readonly next: number;
}

/** The paths from a token up to the closing bracket; null when one of them is none. `read` reads the one at an index. */
export function pathList(
  tokens: readonly Token[],
  from: number,
  read: (index: number) => PathValue | null,
): PathList | null {
  const paths: string[] = [];
  for (let next = from; paths.length < MOST_PARTS; ) {
    const value = read(next);
    if (!value) return null;
    paths.push(value.path);
    next = value.next + (is(tokens[value.next], ',') ? 1 : 0);
    if (is(tokens[next], ')')) return { paths, next: next + 1 };
    if (next === value.next) return null;
  }
  return null;
}

/** The path that an f-string or a template writes out. `read` reads the tokens of a part that is code. */
export function filledPath(
  token: Token,
  language: Language,
  read: (tokens: readonly Token[]) => PathValue | null,
): string | null {
  const parts = textParts(token);
  if (parts === null || parts.length > MOST_PARTS) return null;
  let path = '';
  for (const { type, text, start } of parts) {
    const tokens = type === 'text' ? [] : shifted(tokensOf(language, text), start);
    const value = type === 'text' ? null : read(tokens);
    if (type === 'code' && value?.next !== tokens.length) return null;
    path += value?.path ?? text;
  }
  return path;
}
