import type { Random } from '../differential/random.ts';

/** Names that every plain object has, and others that were thought of as keys by nobody. */
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  '',
  ' ',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '$(id)',
];

const ODD_TEXTS = [
  ...ODD_KEYS,
  'x'.repeat(3000),
  '\u001b[31m',
  '\u202e',
  '\udc00\ud800',
  '9'.repeat(400),
  '-x',
  'http://[',
  '%zz',
  '(?:a+)+$',
  '2024-13-45T99:99:99Z',
];

const ODD_NUMBERS = ['1e999', '-0', '1e-400', '9007199254740993', '0.1', '-1', '4294967296', '00'];

/** JSON as text, with one to three values, keys or shapes replaced. The result need not be JSON. */
export function mutateJson(text: string, random: Random): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const marks = new Map<string, string>();
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    value = changed(value, random, marks, 0);
  }
  let result = JSON.stringify(value) ?? 'null';
  for (const [mark, raw] of marks) result = result.replaceAll(JSON.stringify(mark), raw);
  return result;
}

function changed(
  value: unknown,
  random: Random,
  marks: Map<string, string>,
  depth: number,
): unknown {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isBranch || depth > 6 || random.below(5) === 0) return other(value, random, marks);
  if (Array.isArray(value)) {
    const index = random.below(value.length);
    if (random.below(4) === 0) return [...value, ...value];
    if (random.below(6) === 0) return value.toSpliced(index, 1);
    return value.with(index, changed(value[index], random, marks, depth + 1));
  }
  const entries = Object.entries(value);
  const index = random.below(entries.length);
  const [key, inner] = entries[index] ?? ['', null];
  const kind = random.below(8);
  if (kind === 0) entries.splice(index, 1);
  else if (kind === 1) entries[index] = [random.pick(ODD_KEYS), inner];
  else if (kind === 2) entries.push([random.pick(ODD_KEYS), other(inner, random, marks)]);
  else if (kind === 3) entries[index] = [key.toUpperCase(), inner];
  else entries[index] = [key, changed(inner, random, marks, depth + 1)];
  return Object.fromEntries(entries);
}

/** A value of any other type; a mark for what JSON.stringify would not write. */
function other(value: unknown, random: Random, marks: Map<string, string>): unknown {
  const raw = (text: string): string => {
    const mark = `mark-${marks.size}-${random.below(1e9)}`;
    marks.set(mark, text);
    return mark;
  };
  const choices: readonly (() => unknown)[] = [
    () => null,
    () => true,
    () => random.pick(ODD_TEXTS),
    () => random.pick(ODD_KEYS),
    () => raw(random.pick(ODD_NUMBERS)),
    () => raw(`{${JSON.stringify(random.pick(ODD_KEYS))}: ${JSON.stringify(value) ?? 0}}`),
    () => raw(`{"a": 1, "a": {"b": []}, "A": null}`),
    () => [],
    () => ({}),
    () => [value, [value]],
    () => ({ [random.pick(ODD_KEYS)]: value }),
    () => raw('['.repeat(1 + random.below(300)) + ']'.repeat(random.below(300))),
    () => raw('{"a":'.repeat(random.below(300))),
    () => JSON.stringify(value),
    () => 12.5,
  ];
  return random.pick(choices)();
}
