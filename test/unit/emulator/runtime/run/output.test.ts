import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Output,
  type OutputStream,
} from '../../../../../src/emulator/runtime/run/plugin-output.ts';

async function read(chunks: readonly (string | Buffer)[], name: OutputStream = 'stdout') {
  const lines: string[] = [];
  const output = new Output((_stream, line) => lines.push(line));
  const stream = new PassThrough();
  output.follow(name, stream);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return { lines, lastLines: output.lastLines };
}

describe('the output of a plugin', () => {
  test('is the same lines however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-zä€😀]{0,9}$/u)),
        fc.nat(7),
        async (lines, cut) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const chunks: Buffer[] = [];
          for (let at = 0; at < bytes.length; at += cut + 1)
            chunks.push(bytes.subarray(at, at + cut + 1));
          expect((await read(chunks)).lines).toEqual(lines);
        },
      ),
    );
  });

  test('ends a last line without a line feed, and takes CRLF', async () => {
    expect((await read(['a\r\nb'])).lines).toEqual(['a', 'b']);
  });

  test('never holds an endless line', async () => {
    const { lines } = await read(Array.from({ length: 40 }, () => 'x'.repeat(1024)));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('x'.repeat(40 * 1024));
  });

  test('keeps the last lines for a diagnosis', async () => {
    const chunks = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    expect((await read(chunks, 'stderr')).lastLines).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index + 10)),
    );
  });
});
