import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { validateCases } from '../../../../src/testing/read/cases.generated.js';
import { readFiles, readYaml } from './read-text.ts';

const SCHEMA = JSON.parse(readFileSync('schemas/cases.schema.json', 'utf8'));

it('reads the example of the schema, which has every kind of case', async () => {
  const read = await readFiles({ 'a.json': JSON.stringify(SCHEMA.examples[0]) }, null);
  expect(read.mistakes).toEqual([]);
  expect(read.cases.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'function reverses text',
    'function refuses a number',
    'function a conversation',
    'function is no aggregate',
    'function wants one argument',
    'source counts up',
    'sink writes lines',
    'sink posts rows',
    'source polls an API',
    'source reads a register',
  ]);
  expect(read.checkPlan.skip).toEqual(['silence']);
  expect([...read.checkPlan.settings.keys()]).toEqual(['source ticker', 'function reverse']);
});

it('the schema has an example of every value that may be of a wrong type: messages show it', () => {
  const bare: string[] = [];
  const look = (schema: unknown, place: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const isJudged =
      'type' in schema &&
      !/\/(if|examples|properties)(\/|$)/.test(place.replace(/\/properties\/[^/]+/g, ''));
    if (isJudged && !('examples' in schema)) bare.push(place);
    for (const [key, one] of Object.entries(schema)) look(one, `${place}/${key}`);
  };
  look(SCHEMA, '');
  expect(bare).toEqual([]);
});

it('reads YAML and JSON to the same cases', async () => {
  const json = JSON.stringify(SCHEMA.examples[0], null, 2);
  // JSON is YAML; only the lines of the places would differ in another layout.
  const [a, b] = [
    await readFiles({ 'a.json': json }, null),
    await readFiles({ 'a.yaml': json }, null),
  ];
  const bare = (cases: typeof a.cases) => cases.map(({ file: _, ...rest }) => rest);
  expect(bare(b.cases)).toEqual(bare(a.cases));
});

it('reads files in the order of their names, and no others', async () => {
  const one = (name: string) => `cases: [{ name: ${name}, source: ticker }]`;
  const read = await readFiles({
    'b.yml': one('b'),
    'a.yaml': one('a'),
    'c.json': '{"cases": []}',
    'd.txt': 'no',
    '.e.yaml': 'no',
    'test_x.py': 'no',
  });
  expect(read.files).toEqual(['tests/a.yaml', 'tests/b.yml', 'tests/c.json']);
  expect(read.cases.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('writes out anchors and merges; a key of its own wins', async () => {
  const read = await readYaml(
    [
      'cases:',
      '  - &base',
      '    name: one',
      '    source: ticker',
      '    config: &config { interval: 1, unit: ms }',
      '  - <<: *base',
      '    name: two',
      '    config: { <<: *config, interval: 2 }',
    ].join('\n'),
  );
  expect(read.mistakes).toEqual([]);
  expect(read.cases[1]).toMatchObject({
    name: 'two',
    config: { interval: 2, unit: 'ms' },
    line: 7,
  });
});

it('takes an empty file, and a folder that is not there', async () => {
  expect((await readYaml('')).mistakes).toEqual([]);
  expect((await readYaml('# cases to come\ncases:\n')).mistakes).toEqual([]);
});

describe('schema and reader agree on what a case file is', () => {
  const one = (rest: object) => ({ cases: [{ name: 'x', ...rest }] });
  const ofFunction = (rest: object) => one({ function: 'reverse', args: [], ...rest });
  const ofSink = (rest: object) => one({ sink: 'writer', rows: [{}], ...rest });
  test.each<[boolean, object]>([
    [true, { cases: [] }],
    [true, { checks: { skip: ['restart'], sinks: { writer: { rows: [1], config: {} } } } }],
    [true, ofFunction({ result: null })],
    [true, ofFunction({ error: { $matches: 'a' } })],
    [true, ofFunction({ within: '1m30s' })],
    [true, ofFunction({ within: 2 })],
    [true, ofFunction({ since: '2.1' })],
    [true, ofFunction({ result: { $type: ['string', 'null'] } })],
    [true, ofFunction({ result: { $exactly: { a: [{ $near: 1, $by: 0 }] } } })],
    [true, ofFunction({ result: { '': 1, a: { $any: false } } })],
    [true, one({ source: 'ticker' })],
    [true, one({ source: 'ticker', some: [{ a: { $not: 1 } }], messages: 9 })],
    [true, ofSink({ wrote: [{ file: 'a', contains: ['b'] }], acks: { ok: 1 } })],
    [true, ofSink({ received: [], httpStatus: 500, send: 'batch' })],
    [false, { cases: {} }],
    [false, { case: [] }],
    [false, { checks: { skip: ['all'] } }],
    [false, { checks: { functions: { reverse: {} } } }],
    [false, one({})],
    [false, ofFunction({ source: 'ticker' })],
    [false, ofFunction({ rows: [] })],
    [false, ofFunction({ error: false })],
    [false, ofFunction({ error: '' })],
    [false, ofFunction({ within: 'ever' })],
    [false, ofFunction({ within: 0 })],
    [false, ofFunction({ since: 2.1 })],
    [false, ofFunction({ result: { $mim: 1 } })],
    [false, ofFunction({ result: [{ a: { $type: 'text' } }] })],
    [false, ofFunction({ result: { $exactly: 1 } })],
    [false, one({ source: 'ticker', messages: 0 })],
    [false, one({ source: 'ticker', rows: [] })],
    [false, one({ sink: 'writer' })],
    [false, ofSink({ wrote: { file: 'a' } })],
    [false, ofSink({ wrote: { file: 'a', text: 'b', json: 1 } })],
    [false, ofSink({ received: [{ url: 'a' }] })],
    [false, ofSink({ acks: { ok: -1 } })],
    [false, ofSink({ raw: [1], rows: undefined })],
  ])('%s: %j', async (isGood, value) => {
    const json = JSON.stringify(value);
    const read = await readFiles({ 'a.json': json });
    expect(read.mistakes.map(({ message }) => message).length === 0).toBe(isGood);
    expect(validateCases(JSON.parse(json))).toBe(isGood);
  });
});

describe('whatever the file holds', () => {
  const words = fc.constantFrom(
    ...['cases', 'name', 'function', 'source', 'sink', 'args', 'rows', 'result', 'wrote', 'checks'],
    ...['$type', '$min', '$exactly', '$not', 'skip', 'reverse', 'ticker', '1', 'null', 'true'],
    ...[
      ': ',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      '{ ',
      ' }',
      '[',
      ']',
      ', ',
      '"',
      "'",
      '&a ',
      '*a ',
      '<<: ',
      '#',
      '\t',
    ],
  );
  const text = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(''));

  it('nothing is thrown, and every mistake has a place in it', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('a.yaml', 'a.json'), async (source, name) => {
        const read = await readFiles({ [name]: source });
        for (const { line, column, length, message, hint } of read.mistakes) {
          expect(line).toBeGreaterThan(0);
          expect(line ?? 0).toBeLessThanOrEqual(source.split(/\r\n|\n|\r/).length);
          expect(column).toBeGreaterThan(0);
          expect(length).toBeGreaterThan(0);
          expect(`${message}${hint}`).toMatch(/\w/);
        }
      }),
      { numRuns: 300 },
    );
  });

  // Where each wrong part cost a walk over all of them, these would take minutes.
  const one = (result: string) => `{"name":"x","function":"reverse","args":[],"result":${result}}`;
  const list = (count: number, item: string) => Array.from({ length: count }, () => item).join();
  test.each<[string, string, number]>([
    ['wrong cases', list(300_000, '{}'), 101],
    ['cases with a wrong key', list(30_000, '{"name":"x","function":"reverse","argz":[]}'), 101],
    ['matchers that are none', one(`[${list(100_000, '{"$x":1}')}]`), 101],
    ['keys beside a matcher', one(`{${list(90_000, '"__proto__":1')},"$min":1}`), 101],
    ['matchers within each other', one(`${'{"$not":'.repeat(900)}1${'}'.repeat(900)}`), 0],
    ['a wrong one far down', one(`${'{"__proto__":'.repeat(900)}{"$q":1}${'}'.repeat(900)}`), 1],
    ['texts that are none', `{"name":"x","sink":"writer","raw":[${list(400_000, '1')}]}`, 101],
  ])('many %s are bounded', async (_, cases, count) => {
    const read = await readFiles({ 'a.json': `{"cases":[${cases}]}` });
    expect(read.mistakes).toHaveLength(count);
  });

  it('aliases that multiply come to an end', async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const before = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
    });
    const read = await readYaml(`${levels.join('\n')}\ncases: *l11\n`);
    expect(read.mistakes.map(({ message }) => message)).toContain('this is too much');
  });
});
