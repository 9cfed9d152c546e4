import type { SymbolFolder } from '../../../model/symbol.ts';
import { pythonConstant } from '../tokens/python-constant.ts';
import { pythonTokens } from '../tokens/python-tokens.ts';
import { insideBrackets, is, splitAt, splitPair, type Token } from '../tokens/token.ts';
import type { ProgramConfig, Written } from './config.ts';

/** `PluginConfig(name, sources, sinks, functions)` of the Python SDK. */
const PARAMETERS = ['name', 'sources', 'sinks', 'functions'] as const;
type Parameter = (typeof PARAMETERS)[number];

/**
 * What a Python program's one `PluginConfig(…)` says, as far as it is written out; null when there is not exactly one,
 * or it is not eKuiper's.
 */
export function readPythonConfig(source: string): ProgramConfig | null {
  const tokens = pythonTokens(source);
  const calls = tokens.flatMap((token, index) => {
    const defined = is(tokens[index - 1], 'class') || is(tokens[index - 1], 'def');
    return is(token, 'PluginConfig') && is(tokens[index + 1], '(') && !defined ? [index] : [];
  });
  const [call] = calls;
  if (call === undefined || calls.length > 1 || !importsSdk(tokens)) return null;
  const inside = insideBrackets(tokens, call + 1);
  const values = inside && argumentsOf(inside);
  const at = tokens[call];
  if (!values || !at) return null;
  const keys = (kind: SymbolFolder): readonly Written[] | null => {
    const value = values.get(kind);
    return value && !isChanged(tokens, kind) ? keysOf(tokens, value) : null;
  };
  const name = values.get('name');
  return {
    name: name ? textOf(tokens, name) : null,
    symbols: { sources: keys('sources'), sinks: keys('sinks'), functions: keys('functions') },
    at: { start: at.start, end: at.end },
  };
}

function importsSdk(tokens: readonly Token[]): boolean {
  return tokens.some((token, index) => {
    return (
      is(token, 'ekuiper') && (is(tokens[index - 1], 'from') || is(tokens[index - 1], 'import'))
    );
  });
}

/** Null when something is unpacked into the call. */
function argumentsOf(inside: readonly Token[]): Map<Parameter, readonly Token[]> | null {
  const values = new Map<Parameter, readonly Token[]>();
  for (const [index, part] of splitAt(inside, ',').entries()) {
    if (is(part[0], '*') || is(part[0], '**')) return null;
    const keyword = is(part[1], '=') ? PARAMETERS.find((one) => is(part[0], one)) : undefined;
    const parameter = keyword ?? PARAMETERS[index];
    if (parameter) values.set(parameter, keyword ? part.slice(2) : part);
  }
  return values;
}

/** `config.sources[…] = …`, `config.sources.update(…)`: anything may happen to it later. */
function isChanged(tokens: readonly Token[], kind: SymbolFolder): boolean {
  return tokens.some((token, index) => is(token, kind) && is(tokens[index - 1], '.'));
}

/** A text written out, several beside each other, or a constant that holds one. */
function textOf(all: readonly Token[], value: readonly Token[]): Written | null {
  const [first] = value;
  if (first === undefined) return null;
  if (first.type === 'name' && value.length === 1) {
    const constant = pythonConstant(all, first.text, 'text');
    return constant && textOf([], constant);
  }
  const texts = value.map((token) => (token.type === 'string' ? token.value : null));
  if (texts.some((text) => text === null)) return null;
  return { value: texts.join(''), start: first.start, end: value.at(-1)?.end ?? first.end };
}

function keysOf(all: readonly Token[], value: readonly Token[]): readonly Written[] | null {
  const [first, second] = value;
  if (first?.type === 'name' && value.length === 1) {
    const constant = pythonConstant(all, first.text, 'dictionary');
    return constant && keysOf([], constant);
  }
  const open = is(first, 'dict') && is(second, '(') ? 1 : 0;
  if (open === 0 && !is(first, '{')) return null;
  const inside = insideBrackets(value, open);
  if (inside === null || inside.length + 2 + open !== value.length) return null;
  const keys = splitAt(inside, ',').map((part) => (open ? keywordOf(part) : keyOf(all, part)));
  return keys.every((key) => key !== null) ? keys : null;
}

function keywordOf(part: readonly Token[]): Written | null {
  const [name, equals] = part;
  if (name?.type !== 'name' || !is(equals, '=')) return null;
  return { value: name.text, start: name.start, end: name.end };
}

/** Null for `**other` and for comprehensions. */
function keyOf(all: readonly Token[], part: readonly Token[]): Written | null {
  const pair = splitPair(part, ':');
  if (pair === null || part.some((token) => is(token, 'for'))) return null;
  return textOf(all, pair.key);
}
