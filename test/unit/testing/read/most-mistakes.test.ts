import { expect, it } from 'vitest';
import { sourceText } from '../../../../src/model/source-text.ts';
import { Mistakes } from '../../../../src/testing/case/mistakes.ts';

it('lists 1000 mistakes of a file, and says that there are more', () => {
  const text = 'a: b\n'.repeat(50_000);
  const mistakes = new Mistakes('tests/x.yaml', sourceText(text));
  const about = {
    rule: 'case-syntax',
    message: 'it is wrong',
    why: 'so',
    hint: 'Correct it',
  } as const;
  for (let at = 0; at < text.length; at += 5)
    mistakes.add({ ...about, at: { start: at, end: at + 1 } });
  expect(mistakes.found).toHaveLength(1001);
  expect(mistakes.found[999]).toMatchObject({ line: 1000, message: 'it is wrong' });
  expect(mistakes.found.at(-1)).toMatchObject({
    line: 1001,
    message: 'more mistakes begin here; of one file 1000 are listed',
    hint: 'Correct those above, and run it again',
  });
});
