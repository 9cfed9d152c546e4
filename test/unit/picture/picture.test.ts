import { describe, expect, it } from 'vitest';
import { steady } from '../../../scripts/picture/steady.ts';
import { svgOf } from '../../../scripts/picture/svg.ts';
import { rowsOf } from '../../../scripts/picture/terminal.ts';

/** A row as `column text` with its looks: `0 ok/green`. */
const shown = (text: string, columns = 20) =>
  rowsOf(text, columns).map((row) =>
    row.map(({ column, text, looks }) => [`${column} ${text}`, ...looks].join('/')).join(' | '),
  );

describe('the rows of a terminal', () => {
  it.each<[text: string, rows: string[]]>([
    ['', ['']],
    ['one\n\ntwo', ['0 one', '', '0 two']],
    ['\x1b[31merror\x1b[39m: no', ['0 error/red | 5 : no']],
    ['\x1b[1m\x1b[32mok\x1b[22m\x1b[39m it', ['0 ok/bold/green | 3 it']],
    ['NAME   STATE', ['0 NAME | 7 STATE']],
    ['  a b  c', ['2 a b | 7 c']],
    ['0123456789abcdefghij', ['0 0123456789abcdefghij']],
    ['\x1b[2m0123456789abcdefghijk\x1b[22ml', ['0 0123456789abcdefghij/dim', '0 k/dim | 1 l']],
    ['插件  ok', ['0 插件 | 6 ok']],
    ['0123456789abcdefghi件', ['0 0123456789abcdefghi', '0 件']],
  ])('%j', (text, rows) => expect(shown(text)).toEqual(rows));

  it.each(['\x1b[2J', '\x1b]8;;x\x07', '\x1b[35mx', '\x1b[mx', 'a\rb', 'a\tb', '\x9b31m'])(
    '%j is nothing that a picture can show',
    (text) => expect(() => rowsOf(text, 20)).toThrow('picture'),
  );
});

describe('the SVG', () => {
  const svg = svgOf(rowsOf('$ <b>&"x"\x1b[31m!\x1b[39m\n\nend', 40), 40, 'a & b');

  it('has the text as text, escaped, each piece where its column is', () => {
    expect(svg.match(/<text.*/g)).toEqual([
      '<text y="50"><tspan x="16">$ &lt;b&gt;&amp;&quot;x&quot;</tspan><tspan x="91.6" class="red">!</tspan></text>',
      '<text y="90"><tspan x="16">end</tspan></text>',
    ]);
    expect(svg).toContain('<title>a &amp; b</title>');
    expect(svg).toContain('viewBox="0 0 368 112"');
  });

  it('loads nothing, runs nothing, and knows the dark', () => {
    expect(svg).not.toMatch(/<script|<foreignObject|href|url\(|@import|@font-face| on[a-z]+=/);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });
});

it('what differs from run to run is always the same', () => {
  const [a, b] = ['a', 'b'].map((digit) => digit.repeat(64));
  const one = steady(`\x1b[2mafter 7 ms\x1b[22m\nin 1.2 s\n${a} ${b}\nx-${a?.slice(0, 8)}.zip`);
  const two = steady(`\x1b[2mafter 812 ms\x1b[22m\nin 1.2 s\n${b} ${a}\nx-${b?.slice(0, 8)}.zip`);
  expect(one).toBe(two);
  expect(one).toMatch(
    /after 95 ms[\s\S]*\nin 1\.2 s\n([0-9a-f]{8})[0-9a-f]{56} (?!\1)[0-9a-f]{64}\nx-\1\.zip$/,
  );
  expect(steady('12 passed in 950 ms\n3 failed in 7 s\n')).toBe(
    '12 passed in 7 s\n3 failed in 7 s\n',
  );
});
