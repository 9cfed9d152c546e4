import type { ErrorExpectation, Pattern, Rule, TypeName } from '../case/case.ts';
import type { Difference } from '../case/result.ts';
import { showPattern, showValue } from './show.ts';

/** Characters of long texts that are shown around the place where they start to differ. */
const BEFORE = 30;

const AFTER = 170;

/**
 * Returns the first position where a value does not match the pattern; null when it matches. `undefined` is a missing
 * value. Linear in pattern and value. `path`: the name of the value, such as `result`.
 */
export function differenceOf(pattern: Pattern, value: unknown, path = ''): Difference | null {
  switch (pattern.is) {
    case 'equal':
      return value === pattern.value ? null : unequal(pattern.value, value, path);
    case 'list':
      return ofList(pattern, value, path);
    case 'object':
      return ofObject(pattern, value, path);
    case 'rules':
      return pattern.rules.every((rule) => holds(rule, value))
        ? null
        : notLike(pattern, value, path);
  }
}

/** Whether a value matches the pattern. */
export function matches(pattern: Pattern, value: unknown): boolean {
  return differenceOf(pattern, value) === null;
}

/** Compares an error with the expected one; null when it matches. */
export function errorDifference(expected: ErrorExpectation, text: string): Difference | null {
  if (expected.is === 'any') return null;
  if (expected.is === 'pattern') return differenceOf(expected.pattern, text, 'error');
  if (text.includes(expected.text)) return null;
  return { path: 'error', expected: showError(expected), received: showValue(text) };
}

/** `an error with "text"` */
export function showError(expected: ErrorExpectation): string {
  if (expected.is === 'any') return 'an error';
  if (expected.is === 'pattern') return `an error: ${showPattern(expected.pattern)}`;
  return `an error with ${JSON.stringify(expected.text)}`;
}

function ofList(
  pattern: Extract<Pattern, { is: 'list' }>,
  value: unknown,
  path: string,
): Difference | null {
  if (!Array.isArray(value)) return notLike(pattern, value, path);
  const items: readonly unknown[] = value;
  for (const [index, item] of pattern.items.entries()) {
    if (index >= items.length) break;
    const found = differenceOf(item, items[index], `${path}[${index}]`);
    if (found) return found;
  }
  if (items.length === pattern.items.length) return null;
  const first = Math.min(items.length, pattern.items.length);
  const expected = pattern.items[first];
  return {
    path: `${path}[${first}]`,
    expected: expected ? showPattern(expected) : `nothing: ${itemCount(first)}`,
    received: expected ? `nothing: ${itemCount(first)}` : showValue(items[first]),
  };
}

function itemCount(count: number): string {
  return count === 0 ? 'an empty list' : `a list of ${count}`;
}

function ofObject(
  pattern: Extract<Pattern, { is: 'object' }>,
  value: unknown,
  path: string,
): Difference | null {
  if (!isRecord(value)) return notLike(pattern, value, path);
  for (const [key, one] of pattern.members) {
    const under = Object.hasOwn(value, key) ? value[key] : undefined;
    const found = differenceOf(one, under, join(path, key));
    if (found) return found;
  }
  if (!pattern.isExact) return null;
  const extra = Object.keys(value).find((key) => !pattern.members.has(key));
  if (extra === undefined) return null;
  return { path: join(path, extra), expected: 'no such key', received: showValue(value[extra]) };
}

function holds(rule: Rule, value: unknown): boolean {
  if (rule.rule === 'any') return rule.present === (value !== undefined);
  if (value === undefined) return false;
  switch (rule.rule) {
    case 'type':
      return rule.types.some((type) => isOf(type, value));
    case 'min':
      return typeof value === 'number' && value >= rule.than;
    case 'max':
      return typeof value === 'number' && value <= rule.than;
    case 'near':
      return typeof value === 'number' && Math.abs(value - rule.to) <= rule.by;
    case 'matches':
      return typeof value === 'string' && rule.expression.test(value);
    case 'length':
      return matches(rule.of, lengthOf(value));
    case 'not':
      return !matches(rule.pattern, value);
  }
}

function isOf(type: TypeName, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Characters (code points); undefined for a value without a length. */
function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unequal(expected: unknown, value: unknown, path: string): Difference {
  if (typeof expected === 'string' && typeof value === 'string') {
    return { path, ...showTexts(expected, value) };
  }
  return { path, expected: showValue(expected), received: showValue(value) };
}

function notLike(pattern: Pattern, value: unknown, path: string): Difference {
  return { path, expected: showPattern(pattern), received: showValue(value) };
}

/** `rows[0].count`, `result["a key"]` */
function join(path: string, key: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Two different texts as JSON; of long ones the part where they start to differ. */
function showTexts(
  expected: string,
  received: string,
): { readonly expected: string; readonly received: string } {
  const longest = Math.max(expected.length, received.length);
  if (longest <= BEFORE + AFTER) {
    return { expected: JSON.stringify(expected), received: JSON.stringify(received) };
  }
  let first = 0;
  while (first < longest && expected[first] === received[first]) first += 1;
  const from = Math.max(0, first - BEFORE);
  return { expected: part(expected, from), received: part(received, from) };
}

function part(text: string, from: number): string {
  const to = Math.min(text.length, from + BEFORE + AFTER);
  const shown = JSON.stringify(text.slice(from, to));
  return `${from > 0 ? '…' : ''}${shown}${to < text.length ? '…' : ''} (${text.length} characters)`;
}
