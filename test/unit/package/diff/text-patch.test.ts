import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hunk, TextPatches } from '../../../../src/package/diff/text-patch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

async function between(before: string | null, after: string | null, path = 'a.txt') {
  const both = [before, after].map((text) => (text === null ? null : bytes(text)));
  return new TextPatches().between(path, both[0] ?? null, both[1] ?? null);
}

function patchOf(hunks: readonly Hunk[]) {
  return {
    oldFileName: 'a',
    newFileName: 'a',
    oldHeader: undefined,
    newHeader: undefined,
    hunks: hunks.map((hunk) => ({
      oldStart: hunk.beforeStart,
      oldLines: hunk.beforeLines,
      newStart: hunk.afterStart,
      newLines: hunk.afterLines,
      lines: [...hunk.lines],
    })),
  };
}

describe('the lines that changed', () => {
  it('come with three lines around them', async () => {
    const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const change = await between(
      `${lines.join('\n')}\n`,
      `${lines.join('\n').replace('5', 'five')}\n`,
    );
    expect(change).toEqual({
      shown: true,
      hunks: [
        {
          beforeStart: 2,
          beforeLines: 7,
          afterStart: 2,
          afterLines: 7,
          lines: [' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'],
        },
      ],
    });
  });

  it.each<[string, string | null, string | null, string[]]>([
    ['a file that comes', null, 'a\n', ['+a']],
    ['a file that goes', 'a\n', null, ['-a']],
    ['a missing line feed', 'a\n', 'a', ['-a', '+a', '\\ No newline at end of file']],
    ['the ends of lines', 'a\r\n', 'a\n', ['-a\r', '+a']],
    ['a byte-order mark', '\ufeffa\n', 'a\n', ['-\ufeffa', '+a']],
  ])('show %s', async (_what, before, after, lines) => {
    const change = await between(before, after);
    expect(change.shown && change.hunks.flatMap((hunk) => hunk.lines)).toEqual(lines);
  });

  it('hide what may be a secret', async () => {
    const change = await between('password: a\n', 'password: b\n', 'sources/x.yaml');
    expect(JSON.stringify(change)).toContain('["-password: ***","+password: ***"]');
  });

  it.each<[string, Uint8Array]>([
    ['a zero byte', new Uint8Array([97, 0, 98])],
    ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x61])],
  ])('are not looked for in %s', async (_what, binary) => {
    const patches = new TextPatches();
    const why = { shown: false, why: 'binary' };
    expect(await patches.between('a', binary, bytes('a'))).toEqual(why);
    expect(await patches.between('a', bytes('a'), binary)).toEqual(why);
  });

  const many = (word: string) => Array.from({ length: 1500 }, (_, at) => `${word} ${at}\n`);

  it.each<[string, string[], string[]]>([
    ['nearly all of them changed', many('old'), many('new')],
    ['they were turned round', many('old'), many('old').toReversed()],
  ])('are not told where %s', async (_what, before, after) => {
    const rewritten = { shown: false, why: 'rewritten' };
    expect(await between(before.join(''), after.join(''))).toEqual(rewritten);
  });

  it('are not told after thousands of others', async () => {
    const patches = new TextPatches(3);
    const ask = () => patches.between('a', bytes('a\n'), bytes('b\n'));
    expect([await ask(), await ask(), await ask()]).toMatchObject([
      { shown: true },
      { shown: true },
      { shown: false, why: 'enough' },
    ]);
  });

  it('make the one text out of the other, both ways', async () => {
    const line = fc.constantFrom('a', 'b', 'c', '', ' x');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const [there, back] = [await between(before, after), await between(after, before)];
        if (!there.shown || !back.shown) throw new Error('small texts are shown');
        expect(applyPatch(before, patchOf(there.hunks))).toBe(after);
        expect(applyPatch(after, patchOf(back.hunks))).toBe(before);
      }),
    );
  });
});
