import { describe, expect, it } from 'vitest';
import { logTo } from '../../../src/cli/context.ts';
import { drawProgress } from '../../../src/cli/progress.ts';
import { silentPrompts } from '../../../src/cli/prompts.ts';

const LOUD = { json: false, quiet: false, verbose: false, color: true, input: true, yes: false };

function screen(isTTY = true) {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
}

describe('log', () => {
  it.each([
    ['by default', {}, ['said', 'warned']],
    ['--quiet', { quiet: true }, ['warned']],
    ['--json', { json: true }, ['warned']],
    ['--verbose', { verbose: true }, ['said', 'detailed', 'warned']],
  ])('%s', (_name, flags, expected) => {
    const stream = screen();
    const log = logTo(stream, { ...LOUD, ...flags }, () => 0);
    log.info('said');
    log.debug('detailed');
    log.warn('warned');
    expect(stream.written.map((line) => line.trim())).toEqual(expected);
  });

  it.each([
    ['a pipe', screen(false), {}],
    ['--json', screen(), { json: true }],
    ['--quiet', screen(), { quiet: true }],
  ])('draws no progress for %s', (_name, stream, flags) => {
    const bar = logTo(stream, { ...LOUD, ...flags }, () => 0).progress('packing', 10);
    bar.update(5);
    bar.end();
    expect(stream.written).toEqual([]);
  });
});

describe('a progress bar', () => {
  it('redraws at most every 80 ms and leaves an empty line', () => {
    const stream = screen();
    let now = 0;
    const bar = drawProgress(stream, 'packing', 100, () => now);
    for (now = 1; now <= 100; now++) bar.update(now);
    bar.end();
    expect(stream.written).toHaveLength(3);
    expect(stream.written[1]).toContain(' 80 %');
    expect(stream.written.at(-1)).toBe('\r\u001b[2K');
  });

  it('never writes over the edge of the terminal', () => {
    const stream = screen();
    drawProgress(stream, 'x'.repeat(200), 1, () => 0).end();
    for (const text of stream.written)
      expect(text.replace('\r\u001b[2K', '').length).toBeLessThan(60);
  });
});

describe('without a terminal', () => {
  it('a question names the flag that answers it', async () => {
    const ask = silentPrompts(false).text({ message: 'Name?', flag: '--name' });
    await expect(ask).rejects.toMatchObject({ exit: 2, code: 'missing-flag', hint: /add --name/ });
  });

  it('never assumes a yes', async () => {
    await expect(silentPrompts(false).confirm({ message: 'Sure?' })).rejects.toMatchObject({
      exit: 2,
    });
    await expect(silentPrompts(true).confirm({ message: 'Sure?' })).resolves.toBe(true);
  });
});
