import { posix } from 'node:path';
import { joinPath } from '../../model/clean-path.ts';
import type { Span } from '../../model/json/node.ts';
import type { TextFile } from '../subject/subject.ts';
import { guardedInPython, isGuarded } from './tokens/python-statements.ts';
import { is, type Token, tokensOf } from './tokens/token.ts';

/** A module that a Python program imports, by its expected path in the plugin. */
export interface PythonImport {
  /** As written: `lib.net`, `.net`. */
  readonly name: string;
  /** Path without suffix, relative to the plugin's root: `lib/net`. */
  readonly path: string;
  /**
   * `b` of `from a import b`, which may be a module or a name in one: the module is `path` without its last segment.
   */
  readonly isMember: boolean;
  /** A top-level name, which may be an installed package. */
  readonly isTopLevel: boolean;
  /** The program expects that the import may fail, or it never runs. */
  readonly isGuarded: boolean;
  readonly at: Span;
}

/**
 * The imports of a Python file, each once: `from a import b, c` as `a`, `a.b` and `a.c`. `folder` is that of the
 * executable, where Python looks first. Linear.
 */
export function pythonImports(file: TextFile, folder: string): PythonImport[] {
  const { text } = file.source;
  const tokens = tokensOf('python', text);
  const ranges = guardedInPython(tokens, text);
  const imports = new Map<string, PythonImport>();
  for (const written of importsIn(tokens)) {
    const base = baseOf(file.path, folder, written.dots);
    if (base === null) continue;
    const guarded = isGuarded(ranges, written.start);
    for (const one of withParents(written)) {
      const name = nameOf(one);
      const key = `${name} ${one.isMember} ${guarded}`;
      if (!imports.has(key)) imports.set(key, importOf(one, name, base, guarded));
    }
  }
  return [...imports.values()];
}

function* importsIn(tokens: readonly Token[]): Generator<Written> {
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'name' || !isStart(tokens[at - 1])) continue;
    if (is(token, 'import')) yield* plainImports(tokens, at + 1);
    if (is(token, 'from')) yield* fromImports(tokens, at + 1);
  }
}

function nameOf({ dots, parts }: Written): string {
  return `${'.'.repeat(dots)}${parts.join('.')}`;
}

/** `a`, `a.b` and `a.b.c` of `a.b.c`: Python imports each of them. */
function withParents(written: Written): Written[] {
  const { parts, isMember } = written;
  if (isMember) return [written];
  return parts.map((_, at) => ({ ...written, parts: parts.slice(0, at + 1) }));
}

function importOf(
  { dots, parts, isMember, start, end }: Written,
  name: string,
  base: string,
  guarded: boolean,
): PythonImport {
  return {
    name,
    path: joinPath(base, ...parts),
    isMember,
    isTopLevel: dots === 0 && parts.length === 1,
    isGuarded: guarded,
    at: { start, end },
  };
}

interface Written extends Span {
  readonly dots: number;
  readonly parts: readonly string[];
  readonly isMember: boolean;
}

function isStart(before: Token | undefined): boolean {
  return before === undefined || before.type === 'newline' || is(before, ':') || is(before, ';');
}

function baseOf(path: string, folder: string, dots: number): string | null {
  if (dots === 0) return folder;
  const base = joinPath(posix.dirname(path), '../'.repeat(dots - 1));
  return base.startsWith('..') ? null : base;
}

/** `a.b as c, d` */
function* plainImports(tokens: readonly Token[], from: number): Generator<Written> {
  for (let at = from; ; at += 1) {
    const name = dotted(tokens, at);
    if (name === null) return;
    yield { ...name, dots: 0, isMember: false };
    at = name.next;
    if (is(tokens[at], 'as')) at += 2;
    if (!is(tokens[at], ',')) return;
  }
}

/** `..a.b import (c as d, e)` */
function* fromImports(tokens: readonly Token[], from: number): Generator<Written> {
  let at = from;
  while (is(tokens[at], '.')) at += 1;
  const dots = at - from;
  const first = tokens[from];
  const name = is(tokens[at], 'import') ? null : dotted(tokens, at);
  at = name?.next ?? at;
  if (!first || !is(tokens[at], 'import')) return;
  const parts = name?.parts ?? [];
  yield { dots, parts, isMember: false, start: first.start, end: (name ?? first).end };
  at += is(tokens[at + 1], '(') ? 2 : 1;
  for (let token = tokens[at]; token?.type === 'name'; token = tokens[at]) {
    const { start, end, text } = token;
    yield { dots, parts: [...parts, text], isMember: true, start, end };
    at += is(tokens[at + 1], 'as') ? 3 : 1;
    if (is(tokens[at], ',')) at += 1;
  }
}

/** Maximum depth of a package; real packages are less deep. */
const MOST_PARTS = 20;

function dotted(
  tokens: readonly Token[],
  from: number,
): { parts: string[]; next: number; start: number; end: number } | null {
  const first = tokens[from];
  if (first?.type !== 'name') return null;
  const found = { parts: [first.text], next: from + 1, start: first.start, end: first.end };
  while (is(tokens[found.next], '.') && found.parts.length < MOST_PARTS) {
    const part = tokens[found.next + 1];
    if (part?.type !== 'name') break;
    found.parts.push(part.text);
    found.end = part.end;
    found.next += 2;
  }
  return found;
}
