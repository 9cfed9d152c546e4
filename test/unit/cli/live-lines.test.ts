import { expect, it } from 'vitest';
import { logTo } from '../../../src/cli/context.ts';
import { drawLines } from '../../../src/cli/progress.ts';

const LOUD = { json: false, quiet: false, verbose: false, color: true, input: true, yes: false };

const ESC = '\u001b';

/** A terminal as far as these lines use one: going up, to the left, and erasing what is below. */
function terminal(columns = 20, rows = 6) {
  let lines: string[] = [''];
  const write = (text: string): void => {
    const up = new RegExp(`^${ESC}\\[(\\d+)A\\r${ESC}\\[J`).exec(text);
    if (up) lines = lines.slice(0, lines.length - 1 - Number(up[1])).concat('');
    const rest = text.slice(up?.[0].length ?? 0);
    const [first = '', ...more] = rest.split('\n');
    lines = [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...more];
  };
  return { isTTY: true, columns, rows, write, seen: () => lines.slice(0, -1) };
}

it('lines are drawn over the last ones, cut at the edge, and taken away at the end', () => {
  const screen = terminal();
  const lines = drawLines(screen);
  expect(lines.room()).toBe(4);
  lines.draw(['edge1 waiting', 'edge2 waiting']);
  lines.draw(['edge1 uploading, which is a long word', 'edge2', 'edge3']);
  expect(screen.seen()).toEqual(['edge1 uploading, w…', 'edge2', 'edge3']);
  lines.draw(['edge3']);
  expect(screen.seen()).toEqual(['edge3']);
  lines.end();
  expect(screen.seen()).toEqual([]);
});

it('what is said meanwhile stands above them', () => {
  const screen = terminal();
  const log = logTo(screen, LOUD, () => 0);
  const lines = log.lines();
  lines?.draw(['edge1', 'edge2']);
  log.info('note: one');
  log.warn('note: two');
  expect(screen.seen()).toEqual(['note: one', 'note: two', 'edge1', 'edge2']);
  lines?.draw(['edge2']);
  lines?.end();
  log.info('done');
  expect(screen.seen()).toEqual(['note: one', 'note: two', 'done']);
});

it.each([
  ['a pipe', { isTTY: false }, {}],
  ['--json', {}, { json: true }],
  ['--quiet', {}, { quiet: true }],
])('there are none for %s', (_name, stream, flags) => {
  const screen = { ...terminal(), ...stream };
  expect(logTo(screen, { ...LOUD, ...flags }, () => 0).lines()).toBeNull();
});
