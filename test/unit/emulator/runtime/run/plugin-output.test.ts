import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Output,
  type OutputStream,
  PluginLogs,
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

function filled(lines: readonly string[]): readonly string[] {
  const logs = new PluginLogs();
  for (const line of lines) logs.add('p', { stream: 'stdout', line });
  return logs.of('p').map(({ line }) => line);
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('the log of a plugin', () => {
  test('has its lines with their streams, and nobody else’s', () => {
    const logs = new PluginLogs();
    logs.add('p', { stream: 'stderr', line: 'a' });
    logs.add('q', { stream: 'stdout', line: 'b' });
    expect(logs.of('p')).toEqual([{ stream: 'stderr', line: 'a' }]);
    expect(logs.of('nobody')).toEqual([]);
  });

  test.each([1, 1_999, 2_000, 2_001, 2_255, 2_256, 2_257, 10_000])(
    'keeps the last 2,000 of %i lines',
    (count) => {
      expect(filled(numbers(count))).toEqual(numbers(count).slice(-2_000));
    },
  );

  test('keeps fewer of long ones, and none that is too long', () => {
    const long = 'x'.repeat(100 * 1024);
    expect(filled([...numbers(9), ...Array(9).fill(long)])).toEqual(Array(5).fill(long));
    expect(filled(['x'.repeat(600 * 1024), 'y'])).toEqual(['y']);
  });
});
