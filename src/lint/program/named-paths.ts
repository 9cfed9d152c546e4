import { cleanPath } from '../../model/clean-path.ts';
import type { Span } from '../../model/json/node.ts';
import type { TextFile } from '../subject/subject.ts';
import { absoluteSpans } from './paths/absolute-spans.ts';
import { type NamedPath, rootedPaths } from './paths/path-value.ts';
import { PlainPaths } from './paths/plain-paths.ts';
import { PythonPaths } from './paths/python-paths.ts';
import { insideOf } from './tokens/texts.ts';
import { is, languageOf, type Token, tokensOf } from './tokens/token.ts';

/** So many parts a path that is put together has at most. */
const MOST_PARTS = 5;
/** Between two parts of one path stand a comma, a slash or a plus. */
const JOINT = /^[,/+]$/;
const PATH = /^[^\s/:*?"<>|][^:*?"<>|\n]{0,300}$/;
/** What a program puts another text in place of: `{name}`, `${name}`, `%s`. */
const PLACEHOLDER = /\$?\{[^{}]*\}|%(?:\(\w+\))?[sdvq]/;
/** A plugin's folder on a box. */
const INSTALLED = /^\/.*\/plugins\/portable\/[^/]+\//;

/**
 * Every text of a program that could be a relative path, and every path that is put together of texts that follow one
 * another: `HERE / "models" / "policy.zip"`, `os.path.join(here, "models", "policy.zip")`. Of f-strings, templates and
 * formats the parts between the placeholders. `executable` tells where paths begin that are made of the program's own.
 */
export function namedPaths({ path, source }: TextFile, executable: string | null): NamedPath[] {
  const language = languageOf(path);
  const tokens = tokensOf(language, source.text);
  const isPython = language === 'python';
  const reader = isPython
    ? new PythonPaths(tokens, path)
    : new PlainPaths(tokens, source.text, executable ?? path);
  const elsewhere = tokensIn(absoluteSpans(tokens, reader, isPython), tokens);
  const texts = tokens.flatMap((token, index) => {
    if (token.type !== 'string' || elsewhere.has(index)) return [];
    if (isCompiledIn(path, tokens, index)) return [];
    const isBehind = is(tokens[index - 1], '+');
    return [...piecesOf(token, isBehind), ...joined(tokens, index, isBehind)];
  });
  const rooted = rootedPaths(tokens, reader).flatMap((found) => {
    const plain = plainPath(found.path, false);
    return plain === null ? [] : [{ ...found, path: plain }];
  });
  return [...rooted, ...texts];
}

/** The tokens in spans that follow one another. */
function tokensIn(spans: readonly Span[], tokens: readonly Token[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let at = 0;
  for (const { start, end } of spans) {
    while ((tokens[at]?.start ?? end) < start) at += 1;
    for (; (tokens[at]?.end ?? Number.POSITIVE_INFINITY) <= end; at += 1) inside.add(at);
  }
  return inside;
}

/** What TypeScript imports becomes a part of the built program. */
function isCompiledIn(path: string, tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const word = is(before, '(') ? tokens[index - 2] : before;
  return /\.[cm]?ts$/.test(path) && /^(?:from|import|require)$/.test(word?.text ?? '');
}

function piecesOf({ text, value, start, end }: Token, isBehind: boolean): NamedPath[] {
  const whole = value ?? insideOf(text);
  const pieces = whole.split(PLACEHOLDER);
  // What stands behind a host or a scheme is no file.
  if (whole.includes('://') && !whole.startsWith('file:')) return [];
  return pieces.flatMap((piece, place) => {
    const path = plainPath(piece, isBehind || place > 0);
    return path === null ? [] : [{ path, at: { start, end } }];
  });
}

function joined(tokens: readonly Token[], from: number, isBehind: boolean): NamedPath[] {
  const first = tokens[from];
  const found: NamedPath[] = [];
  let path = first?.value ?? null;
  for (let part = 1; part < MOST_PARTS && path !== null && first; part += 1) {
    const joint = tokens[from + part * 2 - 1];
    const next = tokens[from + part * 2];
    if (joint?.type !== 'mark' || !JOINT.test(joint.text) || next?.type !== 'string') break;
    const isPlus = joint.text === '+';
    path = next.value === null ? null : `${path}${isPlus ? '' : '/'}${next.value}`;
    const plain = path === null ? null : plainPath(path, isBehind);
    if (plain !== null) found.push({ path: plain, at: { start: first.start, end: next.end } });
  }
  return found;
}

/** `isBehind`: a text in front of it tells which folder it begins in. */
function plainPath(text: string, isBehind: boolean): string | null {
  const inside = text.replace(INSTALLED, '');
  const relative = (isBehind ? inside.replace(/^\/+/, '') : inside).replace(/^(?:\.\.?\/+)+/, '');
  if (!PATH.test(relative)) return null;
  const path = cleanPath(relative).replace(/\/$/, '');
  return path === '.' || path.startsWith('..') ? null : path;
}
