import { posix } from 'node:path';
import { joinPath, MOST_IN_PATH } from '../../../model/clean-path.ts';
import type { Span } from '../../../model/json/node.ts';
import type { Language } from '../tokens/lexer.ts';
import { is, shifted, type Token, textParts, tokensOf } from '../tokens/token.ts';

/** Calls that may create any file: missing files are then not reported. */
export const MAKES_FILES =
  /^(?:extractall|unpack_archive|urlretrieve|snapshot_download|hf_hub_download|subprocess|Popen|check_call|check_output|chdir|Chdir|child_process|execSync|spawnSync|execFileSync)$/;

export const MAKES_FOLDERS = /^(?:mkdir|makedirs|Mkdir|MkdirAll|mkdirSync|copytree)$/;

/** A file that a program opens for reading by a literal path, and that it neither creates nor checks for existence. */
export interface OpenedFile {
  /** `models/n.bin`, relative to the working directory, or `@/models/n.bin`, relative to the root of the plugin. */
  readonly path: string;
  readonly at: Span;
}

/** A string in a program that may be the path of a file. */
export interface NamedPath {
  readonly path: string;
  readonly at: Span;
}

/** Prefix of a path that is relative to the plugin's root; other paths are relative to the working directory. */
export const ROOT = '@';

/** A path above the plugin's root, whose content is unknown. */
const ABOVE = '/..';

/** Joins two paths as Python and Node do: an absolute right path replaces the left one. */
export function joinedPath(left: string, right: string): string {
  if (/^[/@]/.test(right) || left === '') return right;
  // Longer than any real path: cleaning it for each of many segments would take too long.
  if (left.length + right.length > MOST_IN_PATH) return ABOVE;
  const path = joinPath(left, right);
  return left.startsWith(ROOT) && !path.startsWith(ROOT) ? ABOVE : path;
}

/** Joins two paths as Go's and Node's `join` do: the right path is always appended. */
export function appendedPath(left: string, right: string): string {
  return left === '' ? right : joinedPath(left, right.replace(/^\/+/, ''));
}

/** The folder of a path. */
export function folderOf(path: string): string {
  return path === ROOT ? ABOVE : posix.dirname(path);
}

/** The value of a path expression. */
export interface PathValue {
  /** `models/n.bin`, or `@/lib/n.bin` when it is built from the program's own path. */
  readonly path: string;
  /** The index of the token after the expression. */
  readonly next: number;
}

/** Evaluates the path expression that starts at a token; null when its value is known only at run time. */
export interface PathReader {
  at(index: number): PathValue | null;
}

/**
 * The paths of all expressions that a reader can evaluate and that are relative to the plugin's root, each expression
 * once.
 */
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

/** Maximum nesting and maximum number of operands of an expression; larger ones are not evaluated. */
export const MOST_DEPTH = 12;

export const MOST_PARTS = 20;

/** Arguments of a call, and the index after its closing bracket. */
export interface PathList {
  readonly paths: readonly string[];
  readonly next: number;
}

/**
 * The paths from a token up to the closing bracket; null when one of them is not a path. `read` evaluates the one at an
 * index.
 */
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

/** The path of an f-string or template. `read` evaluates the tokens of a part that is code. */
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
