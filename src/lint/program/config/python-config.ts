import { pythonConstant } from '../tokens/python-statements.ts';
import { insideBrackets, is, splitAt, splitPair, type Token } from '../tokens/token.ts';
import { type ConfigForm, type Written, writtenIn } from './config.ts';

/** The parameters of the Python SDK's `PluginConfig`. */
const PARAMETERS = ['name', 'sources', 'sinks', 'functions'] as const;

/** The only `PluginConfig(…)` of a Python program. */
export const PYTHON_CONFIG: ConfigForm = {
  language: 'python',
  members: { name: 'name', sources: 'sources', sinks: 'sinks', functions: 'functions' },
  required: PARAMETERS,
  leftOut: null,
  opens: (tokens, index) => {
    const isDefined = is(tokens[index - 1], 'class') || is(tokens[index - 1], 'def');
    const isCall = is(tokens[index], 'PluginConfig') && is(tokens[index + 1], '(');
    return isCall && !isDefined ? index + 1 : null;
  },
  usesSdk: (tokens) =>
    tokens.some((token, index) => {
      const before = tokens[index - 1];
      return is(token, 'ekuiper') && (is(before, 'from') || is(before, 'import'));
    }),
  valuesOf: argumentsOf,
  textOf,
  keysOf,
};

/** Null when the call unpacks an argument (`**x`). */
function argumentsOf(inside: readonly Token[]): Map<string, readonly Token[]> | null {
  const values = new Map<string, readonly Token[]>();
  for (const [index, part] of splitAt(inside, ',').entries()) {
    if (is(part[0], '*') || is(part[0], '**')) return null;
    const keyword = is(part[1], '=') ? PARAMETERS.find((one) => is(part[0], one)) : undefined;
    const parameter = keyword ?? PARAMETERS[index];
    if (parameter) values.set(parameter, keyword ? part.slice(2) : part);
  }
  return values;
}

/** A string literal, several adjacent ones, or a constant that holds one. */
function textOf(all: readonly Token[], value: readonly Token[]): Written | null {
  const [first, more] = value;
  if (first?.type !== 'name' || more) return writtenIn(value);
  const constant = pythonConstant(all, first.text, 'text');
  return constant && writtenIn(constant);
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
