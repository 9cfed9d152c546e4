import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBytes, isFieldReference, settings, toBytes } from '../../../src/sdk/index.ts';
import { makeLog } from '../../../src/sdk/runtime/environment.ts';
import { errorText, refusal } from '../../../src/sdk/runtime/errors.ts';
import { errorRowText, ReceivedBatch, rowText } from '../../../src/sdk/runtime/rows.ts';
import { sendTimeoutOf } from '../../../src/sdk/start-plugin.ts';

test('bytes and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...toBytes(fromBytes(bytes))]).toEqual([...bytes]);
      expect(fromBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
  expect(fromBytes(new Uint8Array([9, 1, 2, 9]).subarray(1, 3))).toBe('AQI=');
});

test.each([1, null, undefined, {}, [1], 'no base64!', 'a b'])('no bytes: %j', (value) => {
  expect(() => toBytes(value)).toThrow(TypeError);
});

describe('settings', () => {
  const read = settings({ Text: 'a', number: 5, yes: true, none: null, TEXT: 'b' });

  test('are found whatever the letter case, the exact one first', () => {
    expect([read.string('TEXT'), read.string('Text'), read.string('text')]).toEqual([
      'b',
      'a',
      'a',
    ]);
    expect([read.number('NUMBER'), read.boolean('Yes'), read.get('Number')]).toEqual([5, true, 5]);
  });

  test('have a fallback when they are missing or null', () => {
    expect([read.string('x', 'y'), read.number('none', 3), read.boolean('x', false)]).toEqual([
      'y',
      3,
      false,
    ]);
    expect(read.get('toString')).toBeUndefined();
  });

  test.each([
    [() => read.string('x'), 'the setting x is missing'],
    [() => read.string('none'), 'the setting none is missing'],
    [() => read.string('number'), 'the setting number must be a text, not 5'],
    [() => read.number('Text'), 'the setting Text must be a number, not "a"'],
    [() => read.boolean('number'), 'the setting number must be true or false, not 5'],
    [() => read.number('number', 1, { min: 6 }), 'the setting number must be 6 or more, not 5'],
    [() => read.number('number', 1, { max: 4 }), 'the setting number must be 4 or less, not 5'],
  ])('%#', (get, message) => {
    expect(get).toThrow(message);
  });

  test('limits are inclusive', () => {
    expect(read.number('number', 1, { min: 5, max: 5 })).toBe(5);
  });
});

test.each([
  [undefined, 1000],
  ['{"sendTimeout":2500}', 2500],
  ['{"sendTimeout":0}', 1000],
  ['{"sendTimeout":"5"}', 1000],
  ['{}', 1000],
  ['null', 1000],
  ['[1]', 1000],
  ['-p', 1000],
])('the argument %s', (argument, expected) => {
  expect(sendTimeoutOf(argument)).toBe(expected);
});

test('field references, with and without what 2.3 added', () => {
  expect(isFieldReference({ StreamName: 's', Name: 'a' })).toBe(true);
  expect(isFieldReference({ StreamName: 's', Name: 'a', HasIndex: false, Index: -1 })).toBe(true);
  for (const other of [1, 'a', null, {}, { Val: 1 }, []])
    expect(isFieldReference(other)).toBe(false);
});

test('a log line has time, level and label; what is below the level is dropped', () => {
  const lines: [string, string][] = [];
  const log = makeLog((stream, text) => lines.push([stream, text]), 'info', 'demo src r1');
  log.debug('unseen');
  log.info('count', 3, { a: [1] });
  log.error('failed:', new Error('boom'));
  expect(lines).toEqual([
    [
      'stdout',
      expect.stringMatching(/^\d{4}-\S+Z INFO \[demo src r1\] count 3 \{ a: \[ 1 \] \}\n$/),
    ],
    [
      'stderr',
      expect.stringMatching(/ERROR \[demo src r1\] failed: Error: boom\n +at .*api\.test/),
    ],
  ]);
});

test('any bytes are a batch whose rows are objects', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.string().map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bytes, (given) => {
      const batch = new ReceivedBatch(given);
      expect(batch.bytes).toBe(given);
      expect(batch.text).toBe(Buffer.from(given).toString());
      for (const row of batch.rows) {
        expect([typeof row, row === null, Array.isArray(row)]).toEqual(['object', false, false]);
      }
    }),
  );
});

test('any row comes back as JSON would bring it', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(object, fc.option(object), (row, meta) => {
      const text = rowText(row, meta);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ message: row, meta })));
    }),
  );
});

test('any error is a text, as an answer too, and never one that eKuiper takes for another', () => {
  const error = fc.oneof(
    fc.anything(),
    fc.string().map((message) => new Error(message)),
    fc.tuple(fc.string(), fc.anything()).map(([message, cause]) => new Error(message, { cause })),
    fc.constantFrom(
      'ok',
      'handshake',
      'h',
      '',
      new Error('ok'),
      new AggregateError([new Error('a')]),
    ),
  );
  fc.assert(
    fc.property(error, (thrown) => {
      expect(errorText(thrown)).not.toBe('');
      expect(refusal(thrown)).toMatch(/^[^h]/);
      expect(refusal(thrown)).not.toBe('ok');
      expect(JSON.parse(JSON.parse(errorRowText(errorText(thrown)))).error).toBe(errorText(thrown));
    }),
  );
});
