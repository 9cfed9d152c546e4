import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregateOf, decodeReply } from '../../../../../src/emulator/runtime/symbols/function.ts';
import { decodeMessage } from '../../../../../src/emulator/runtime/symbols/source.ts';
import { decodeAcknowledgement } from '../../../../../src/emulator/runtime/symbols/symbol-messages.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  fc.json().map((text) => Buffer.from(text)),
);

/** Objects with just the keys that matter, and anything in them. */
const shaped = fc
  .record(
    {
      message: fc.anything(),
      meta: fc.anything(),
      error: fc.anything(),
      state: fc.anything(),
      result: fc.anything(),
    },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(safeJson(value)));

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    // A bigint, say.
    return '{}';
  }
}

describe('what a plugin sends', () => {
  test('is a row or a short sentence, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, shaped), (body) => {
        const decoded = decodeMessage(body);
        if (typeof decoded === 'string') expect(decoded.length).toBeLessThan(1_000);
        else expect(decoded).toMatchObject({ message: expect.any(Object), bytes: body.length });
      }),
    );
  });

  test('of a megabyte of rubbish only the beginning is repeated', () => {
    const decoded = decodeMessage(Buffer.alloc(1_000_000, 'ä'));
    expect(decoded).toMatch(/^Invalid data format, cannot decode ä{200}… \(1000000 in all\) to/);
  });

  test('is an acknowledgement or a reply or none, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, shaped), (body) => {
        const acknowledgement = decodeAcknowledgement(body);
        expect(acknowledgement === null || typeof acknowledgement === 'string').toBe(true);
        const reply = decodeReply(body);
        expect(reply === null || typeof reply.state === 'boolean').toBe(true);
        expect([null, true, false]).toContain(aggregateOf(body));
      }),
    );
  });
});

test.each([1500, 9000, 500_000])('what lies %i levels deep can be written again', (depth) => {
  const deep = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  const decoded = decodeMessage(Buffer.from(`{"message":{"a":${deep}},"meta":null}`));
  expect(decoded).toContain('1000 levels of kplugin');
  const reply = decodeReply(Buffer.from(`{"state":true,"result":${deep}}`));
  expect(reply).toMatchObject({ state: false, result: expect.stringContaining('1000 levels') });
});
