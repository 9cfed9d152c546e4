import { cleanPath } from '../../model/clean-path.ts';
import type { Span } from '../../model/json/node.ts';
import type { TextFile } from '../subject.ts';
import type { Token } from './token.ts';
import { tokensOf } from './tokens-of.ts';

/** A text in a program that may be the path of a file. */
export interface NamedPath {
  readonly path: string;
  readonly at: Span;
}

/** So many parts a path that is put together has at most. */
const MOST_PARTS = 5;
/** Between two parts of one path stand a comma, a slash or a plus. */
const JOINT = /^[,/+]$/;
const PATH = /^[^\s/:*?"<>|][^:*?"<>|\n]{0,300}$/;

/**
 * Every text of a program that could be a relative path, and every path that is put together of texts that follow one
 * another: `HERE / "models" / "policy.zip"`, `os.path.join(here, "models", "policy.zip")`. Of f-strings and templates
 * the parts between the placeholders.
 */
export function namedPaths({ path, source }: TextFile): NamedPath[] {
  const tokens = tokensOf(path, source.text);
  return tokens.flatMap((token, index) => {
    if (token.type !== 'string') return [];
    return [...piecesOf(token), ...joined(tokens, index)];
  });
}

function piecesOf({ text, value, start, end }: Token): NamedPath[] {
  const pieces = value === null ? insideOf(text).split(/\$?\{[^{}]*\}/) : [value];
  return pieces.flatMap((piece) => {
    const path = plainPath(value === null ? piece.replace(/^\//, '') : piece);
    return path === null ? [] : [{ path, at: { start, end } }];
  });
}

function insideOf(text: string): string {
  return text.replace(/^[A-Za-z]{0,2}(?:"""|'''|["'`])/, '').replace(/(?:"""|'''|["'`])$/, '');
}

function joined(tokens: readonly Token[], from: number): NamedPath[] {
  const first = tokens[from];
  const found: NamedPath[] = [];
  let path = first?.value ?? null;
  for (let part = 1; part < MOST_PARTS && path !== null && first; part += 1) {
    const joint = tokens[from + part * 2 - 1];
    const next = tokens[from + part * 2];
    if (joint?.type !== 'mark' || !JOINT.test(joint.text) || next?.type !== 'string') break;
    path = next.value === null ? null : `${path}/${next.value}`;
    const plain = path === null ? null : plainPath(path);
    if (plain !== null) found.push({ path: plain, at: { start: first.start, end: next.end } });
  }
  return found;
}

function plainPath(text: string): string | null {
  if (!PATH.test(text)) return null;
  const path = cleanPath(text).replace(/\/$/, '');
  return path === '.' || path.startsWith('..') ? null : path;
}
