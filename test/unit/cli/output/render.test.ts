import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, renderText, textOf } from '../../../../src/cli/output/render.ts';
import { escapeOutput, PLAIN, styleFor } from '../../../../src/cli/output/terminal-codes.ts';
import {
  bad,
  bold,
  type Cell,
  dim,
  fix,
  good,
  note,
  titled,
  type View,
  warn,
  why,
} from '../../../../src/cli/output/view.ts';
import { plain } from '../../../fixtures/plain.ts';

describe('a view', () => {
  it('has everything under its title to the right of it, but for what stands below', () => {
    expect(
      plain({
        title: ['pysam ', bold('1.0.0')],
        lines: ['a line', ''],
        code: ['\tcode'],
        facts: [
          ['state', good('running'), 'it runs'],
          ['sources', ''],
          ['a rule', 'hot', 'cold'],
        ],
        table: {
          head: ['NAME', 'N', ''],
          rows: [
            ['a', '1', ''],
            ['long', '2', 'x'],
          ],
        },
        notes: [
          why('one\ntwo'),
          note('three'),
          fix('kplugin list'),
          { label: warn('left out'), text: 'b' },
        ],
        below: ['the end'],
      }),
    ).toBe(`pysam 1.0.0
  a line

  \tcode
  state   running
          it runs
  a rule  hot
          cold
  NAME  N
  a     1
  long  2  x
  why  one
       two
  note three
  fix  kplugin list
  left out b
the end
`);
  });

  it('begins at the left edge without a title, and has an empty line before the next that says something', () => {
    const views = [
      {},
      { lines: ['a'] },
      { lines: [] },
      { raw: 'b\n' },
      { raw: '' },
      { facts: [['c', 'd']] as const },
    ];
    expect(plain(views)).toBe('a\n\nb\n\nc  d\n');
  });
});

describe('columns', () => {
  const two = (cell: Cell): string =>
    plain({
      table: {
        rows: [
          [cell, 'b'],
          ['xyz', 'b'],
        ],
      },
    });

  it.each([
    ['Chinese', '温度', '温度  b\nxyz   b\n'],
    ['a letter with an accent of its own', 'e\u0301', 'e\u0301    b\nxyz  b\n'],
    ['an emoji', '🚀', '🚀   b\nxyz  b\n'],
    ['what is made visible', 'a\nb', 'a\\x0ab  b\nxyz     b\n'],
    ['pieces', ['a', bold('b')], 'ab   b\nxyz  b\n'],
    ['a very long one', 'x'.repeat(70), `${'x'.repeat(70)}  b\n${'xyz'.padEnd(60)}  b\n`],
  ])('%s', (_what, cell, text) => {
    expect(two(cell)).toBe(text);
  });

  it('are as wide with colour', async () => {
    const style = await styleFor(true);
    const view: View = { table: { head: ['NAME', 'B'], rows: [[bold('温度计'), 'b']] } };
    const lines = escapeOutput(textOf(view, { style, columns: 80 }))
      .trimEnd()
      .split('\n');
    expect(lines.map(columnsOf)).toEqual([9, 9]);
    expect(lines[1]).toContain('\u001b[1m温度计');
  });
});

describe('notes', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve';
  const on = (columns: number | null, view: View): string[] =>
    textOf(view, { style: PLAIN, columns }).trimEnd().split('\n');

  it('are broken where a terminal is narrower, and nowhere else', () => {
    const view: View = { title: 't', notes: [note(words), fix(words)] };
    expect(on(40, view)).toEqual([
      't',
      '  note one two three four five six seven',
      '       eight nine ten eleven twelve',
      `  fix  ${words}`,
    ]);
    expect(on(null, view)).toEqual(['t', `  note ${words}`, `  fix  ${words}`]);
  });

  it('and lines are broken everywhere where the view says so; commands and what is moved to the right are not', () => {
    const lines = [words, `kplugin ${words}`, `  ${words}`];
    expect(on(null, { lines, wrapAt: 40 })).toEqual([
      'one two three four five six seven eight',
      'nine ten eleven twelve',
      ...lines.slice(1),
    ]);
  });

  it('are broken by what a terminal shows: two columns for a wide character', () => {
    const text = '温度温度 '.repeat(8).trim();
    const lines = on(40, { notes: [note(text)] });
    expect(lines.length).toBe(2);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(40);
  });
});

describe('what is made of several views', () => {
  it('a title for the first that has none', () => {
    expect(plain(titled(bold('edge1'), { facts: [['a', 'b']] }))).toBe('edge1\n  a  b\n');
    expect(plain(titled('edge1', [{ title: 'own', lines: ['a'] }, { lines: ['b'] }]))).toBe(
      'own\n  a\n\nb\n',
    );
  });

  it('a table is written row by row, and none of them is kept', () => {
    let made = 0;
    const rows = {
      *[Symbol.iterator]() {
        for (let at = 0; at < 1000; at += 1) {
          made += 1;
          yield [`row ${at}`, 'x'];
        }
      },
    };
    const lines = renderText({ table: { rows } }, { style: PLAIN, columns: null });
    lines.next();
    expect(made).toBe(1001);
    expect([...lines].length).toBe(999);
  });
});

describe('texts of strangers', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u001b[31m', 'a\nb', '\t', '\r\n', '\u202e', '::error::x', '温'),
  );
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    text,
    text.map(bad),
    fc.array(fc.oneof(text, text.map(dim)), { maxLength: 3 }),
  );
  const cells = fc.array(cell, { minLength: 1, maxLength: 4 });

  it('never make a line of their own, and nothing of them is obeyed', () => {
    fc.assert(
      fc.property(cells, cells, cells, (lines, row, facts) => {
        const view: View = {
          title: lines[0] ?? '',
          lines,
          code: lines,
          facts: facts.map((value) => ['fact', ['x', ...(Array.isArray(value) ? value : [value])]]),
          table: { head: ['A'], rows: [row, row] },
          notes: lines.map((one) => ({ label: one, text: one, more: [one] })),
          below: lines,
        };
        const out = plain(view);
        expect(out.split('\n').length - 1).toBe(1 + 5 * lines.length + facts.length + 3);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
        expect(out).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
      { seed: 20261130, numRuns: 500 },
    );
  });
});
