import { cleanPath } from '../../model/clean-path.ts';
import type { Span } from '../../model/json/node.ts';
import type { TextFile } from '../subject/subject.ts';
import { absoluteSpans } from './paths/absolute-spans.ts';
import { GoTypeScriptPaths } from './paths/go-typescript-paths.ts';
import { type NamedPath, rootedPaths } from './paths/path-value.ts';
import { PythonPaths } from './paths/python-paths.ts';
import { insideOf, is, languageOf, type Token, tokensOf } from './tokens/token.ts';

/** Maximum number of segments of a joined path. */
const MOST_PARTS = 5;
/** Tokens between two segments of one path: a comma, a slash or a plus. */
const JOINT = /^[,/+]$/;
const PATH = /^[^\s/:*?"<>|][^:*?"<>|\n]{0,300}$/;
/** Placeholders in a text: `{name}`, `${name}`, `%s`. */
const PLACEHOLDER = /\$?\{[^{}]*\}|%(?:\(\w+\))?[sdvq]/;
/** The folder of a plugin on a host. */
const INSTALLED = /^\/.*\/plugins\/portable\/[^/]+\//;

/**
 * Every string of a program that could be a relative path, and every path that is joined from consecutive strings:
 * `HERE / "models" / "policy.zip"`, `os.path.join(here, "models", "policy.zip")`. For f-strings, templates and format
 * strings, the parts between the placeholders. `executable`: paths that are built from the program's own path are
 * relative to its folder.
 */
export function namedPaths({ path, source }: TextFile, executable: string | null): NamedPath[] {
  const language = languageOf(path);
  const tokens = tokensOf(language, source.text);
  const isPython = language === 'python';
  const reader = isPython
    ? new PythonPaths(tokens, path)
    : new GoTypeScriptPaths(tokens, source.text, executable ?? path);
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

/** The indexes of the tokens inside the spans, which are ascending. */
function tokensIn(spans: readonly Span[], tokens: readonly Token[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let at = 0;
  for (const { start, end } of spans) {
    while ((tokens[at]?.start ?? end) < start) at += 1;
    for (; (tokens[at]?.end ?? Number.POSITIVE_INFINITY) <= end; at += 1) inside.add(at);
  }
  return inside;
}

/** TypeScript imports are bundled into the built program. */
function isCompiledIn(path: string, tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const word = is(before, '(') ? tokens[index - 2] : before;
  return /\.[cm]?ts$/.test(path) && /^(?:from|import|require)$/.test(word?.text ?? '');
}

function piecesOf({ text, value, start, end }: Token, isBehind: boolean): NamedPath[] {
  const whole = value ?? insideOf(text);
  const pieces = whole.split(PLACEHOLDER);
  // A text after a host or a URL scheme is not a file.
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

/** `isBehind`: a string before it determines the folder that it is relative to. */
function plainPath(text: string, isBehind: boolean): string | null {
  const inside = text.replace(INSTALLED, '');
  const relative = (isBehind ? inside.replace(/^\/+/, '') : inside).replace(/^(?:\.\.?\/+)+/, '');
  if (!PATH.test(relative)) return null;
  const path = cleanPath(relative).replace(/\/$/, '');
  return path === '.' || path.startsWith('..') ? null : path;
}
