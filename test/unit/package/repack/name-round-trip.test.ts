import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENCODINGS } from '../../../../src/model/encoding/encodings.ts';
import { planFromZip } from '../../../../src/package/repack/plan-from-zip.ts';
import { fixedFaults } from '../../../../src/package/repack/repacking.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';
import { encodeIn, lettersOf } from '../../../fixtures/encode.ts';

const UTF8_FLAG = 0x800;

/** What `pack --from` would write of files with these names, and its lines about names. */
async function repacked(
  names: readonly Buffer[],
  label: string | null,
  flags = 0,
): Promise<{ files: string[]; lines: string[] }> {
  const zip = craftZip({
    entries: [
      { name: 'p.json', content: '{}' },
      ...names.map((name) => ({ name, content: 'x', flags })),
    ],
  });
  const named = ENCODINGS.find((encoding) => encoding.label === label) ?? null;
  const view = await openZipView(zip, undefined, undefined, named);
  const plan = await planFromZip(view);
  await view.close();
  expect(plan.problems).toEqual([]);
  return {
    files: plan.entries.flatMap(({ path, kind }) => (kind === 'file' ? [path] : [])),
    lines: fixedFaults(view, plan).filter((line) => line.includes(' name')),
  };
}

describe('--name-encoding', () => {
  it.each([
    ['shift_jis', '\u8868\u793a\u30bd.txt'],
    ['big5', '\u8a31\u529f\u84cb.txt'],
  ])('speaks of no backslash that is half of a character of %s', async (label, name) => {
    const bytes = encodeIn(label, name);
    expect(bytes?.includes(0x5c)).toBe(true);
    const { files, lines } = await repacked([bytes ?? Buffer.alloc(0)], label);
    expect(files).toContain(name);
    expect(lines).toEqual([`wrote the name ${name} in UTF-8`]);
  });

  it.each(ENCODINGS.map(({ label }) => label))('gives back every name in %s', async (label) => {
    const letters = lettersOf(label);
    expect(letters.length).toBeGreaterThan(30);
    const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 });
    const words = fc.sample(word, { numRuns: 200, seed: 7 }).map((chars) => chars.join(''));
    const wanted = [...new Set(words)].map((text, at) => `${text}-${at}.bin`);
    const names = wanted.map((name) => encodeIn(label, name) ?? Buffer.from(name));
    const { files } = await repacked(names, label);
    expect(new Set(files)).toEqual(new Set(['p.json', ...wanted]));
  });

  it.each([
    ['gbk', '图片'],
    ['shift_jis', 'ﾂｧ'],
    ['windows-1252', 'Ã©'],
    ['windows-1251', 'Р°'],
    ['euc-kr', '쨍쨔'],
  ])('in %s reads %s, whose bytes are UTF-8 by chance', async (label, name) => {
    const bytes = encodeIn(label, name) ?? Buffer.of();
    expect([bytes.length > 0, isUtf8(bytes)]).toEqual([true, true]);
    const { files, lines } = await repacked([bytes], label);
    expect(files).toEqual(['p.json', name].sort());
    expect(lines).toEqual([expect.stringContaining(`: ${name}`)]);
    expect(lines[0]).toContain(`read the name ${bytes} as `);
  });

  it('leaves a name with the UTF-8 flag, and one that is no text in it', async () => {
    expect((await repacked([Buffer.from('ͼƬ')], 'gbk', UTF8_FLAG)).files).toContain('ͼƬ');
    expect((await repacked([Buffer.from('ف.txt')], 'windows-1255')).files).toContain('ف.txt');
  });

  it('reads nothing anew where nobody names it, and says so', async () => {
    const names = ['图片', '说明', '传感器', '配置文件', '数据模型'].map(
      (n) => encodeIn('gbk', n) ?? Buffer.of(),
    );
    const { files, lines } = await repacked(names, null);
    expect(files).toContain('ͼƬ');
    expect(lines).toContain(
      'left the name ͼƬ, which is UTF-8; in GBK it is 图片, if --name-encoding says so',
    );
  });
});
