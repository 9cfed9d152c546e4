import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageTooLong, ProtocolError } from '../../../src/sp/errors.ts';
import { FrameDecoder, hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';

const message = (body: Uint8Array) => Buffer.concat([messageHeader(body.length), body]);
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

type Frame = number | string;

/** The hello's number and the bodies in hex, until the bytes end or stop making sense. */
function decode(
  chunks: readonly Buffer[],
  limit?: number,
): { frames: Frame[]; error: unknown; decoder: FrameDecoder } {
  const decoder = new FrameDecoder(limit);
  const frames: Frame[] = [];
  try {
    for (const chunk of chunks) {
      decoder.feed(chunk);
      if (frames.length === 0) {
        const protocol = decoder.hello();
        if (protocol === null) continue;
        frames.push(protocol);
      }
      for (let body = decoder.next(); body !== null; body = decoder.next()) {
        frames.push(body.toString('hex'));
      }
    }
    return { frames, error: null, decoder };
  } catch (error) {
    return { frames, error, decoder };
  }
}

/** Cuts bytes at the given places (any numbers, taken modulo the length). */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
}

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anyCuts = fc.array(fc.nat({ max: 10_000 }), { maxLength: 40 });

describe('what is written', () => {
  test.each([
    ['req', '00 53 50 00 00 30 00 00'],
    ['rep', '00 53 50 00 00 31 00 00'],
    ['push', '00 53 50 00 00 50 00 00'],
    ['pull', '00 53 50 00 00 51 00 00'],
  ] as const)('the hello of %s', (name, bytes) => {
    expect(hello(PROTOCOL[name])).toEqual(hex(bytes));
  });

  test.each([
    [0, '01 0000000000000000'],
    [5, '01 0000000000000005'],
    [2 ** 32 + 1, '01 0000000100000001'],
  ])('the header of a body of %i bytes', (length, bytes) => {
    expect(messageHeader(length)).toEqual(hex(bytes));
  });
});

describe('what is read', () => {
  test.each([
    ['nothing', '', []],
    ['a part of the hello', '00 53 50', []],
    ['the hello', '00 53 50 00 00 31 00 00', [0x31]],
    ['an empty message', '00 53 50 00 00 31 00 00 01 0000000000000000', [0x31, '']],
    [
      'two messages in one chunk',
      '00 53 50 00 00 31 00 00 01 0000000000000002 6f6b 01 0000000000000001 21',
      [0x31, '6f6b', '21'],
    ],
    ['an unfinished one', '00 53 50 00 00 31 00 00 01 0000000000000002 6f', [0x31]],
  ])('%s', (_name, bytes, frames) => {
    expect(decode([hex(bytes)])).toMatchObject({ frames, error: null });
  });

  test.each([
    ['another protocol', '47 45 54 20 2f 20 48 54', 'does not speak'],
    ['reserved bytes that are not zero', '00 53 50 00 00 31 00 01', 'does not speak'],
    ['another frame type', '00 53 50 00 00 31 00 00 02 0000000000000000', 'frame type 2'],
    [
      'a length over the limit',
      '00 53 50 00 00 31 00 00 01 0000000000000401',
      'more than the 1024',
    ],
    [
      'an absurd length',
      '00 53 50 00 00 31 00 00 01 ffffffffffffffff',
      '18446744073709551615 bytes',
    ],
  ])('refuses %s', (_name, bytes, words) => {
    const { error } = decode([hex(bytes)], 1024);
    expect(error).toBeInstanceOf(words.includes('more than') ? MessageTooLong : ProtocolError);
    expect(String(error)).toContain(words);
  });

  test('accepts a length at the limit', () => {
    const { frames, error } = decode([hello(PROTOCOL.req), message(Buffer.alloc(1024))], 1024);
    expect(error).toBeNull();
    expect(frames).toHaveLength(2);
  });

  test('an announced length alone takes no memory', () => {
    const before = process.memoryUsage().arrayBuffers;
    const { error } = decode([hello(PROTOCOL.req), messageHeader(2 ** 31), Buffer.from('x')]);
    expect(error).toBeNull();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('for any bytes', () => {
  test('any messages come out again, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 12 }), anyCuts, (bodies, cuts) => {
        const stream = Buffer.concat([hello(PROTOCOL.push), ...bodies.map(message)]);
        const { frames, error } = decode(cut(stream, cuts));
        expect(error).toBeNull();
        expect(frames).toEqual([PROTOCOL.push, ...bodies.map((b) => b.toString('hex'))]);
      }),
    );
  });

  test('a long message in chunks of any size comes out whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 400_000 }), (size, length) => {
        const body = Buffer.alloc(length, 'kplugin ');
        const stream = Buffer.concat([hello(PROTOCOL.push), message(body)]);
        const places = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) => i * size);
        const [, frame] = decode(cut(stream, places)).frames;
        expect(frame === body.toString('hex')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('hostile bytes give messages or a ProtocolError, the same however they are cut', () => {
    const hostile = fc.array(
      fc.oneof(
        anyBytes,
        anyBytes.map(message),
        fc.constant(hello(PROTOCOL.rep)),
        fc.constant(hex('01 00000000000000')),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(hostile, fc.boolean(), anyCuts, (parts, greeted, cuts) => {
        const stream = Buffer.concat([...(greeted ? [hello(PROTOCOL.rep)] : []), ...parts]);
        const whole = decode([stream], 200);
        const pieces = decode(cut(stream, cuts), 200);
        expect(whole.error === null || whole.error instanceof ProtocolError).toBe(true);
        expect(String(pieces.error)).toBe(String(whole.error));
        expect(pieces.frames).toEqual(whole.frames);
      }),
    );
  });
});
