import { expect, test } from 'vitest';
import { entryDamaged } from '../../../../../src/lint/rules/package/entry-damaged.ts';
import { findingsOf, short } from '../../check-rule.ts';

const problem = (entry: string) => ({ kind: 'unreadable' as const, entry, detail: 'bad CRC' });

test.each([
  ['in a zip', 'zip' as const, 'The entry cannot be read: bad CRC'],
  ['in a directory', 'directory' as const, 'The file cannot be read: bad CRC'],
])('%s', async (_, form, message) => {
  const found = await findingsOf(entryDamaged, { files: {}, form, problems: [problem('m.bin')] });
  expect(found.map(({ file }) => file)).toEqual(['m.bin']);
  expect(short(found)).toEqual([`- ${message}`]);
});

test('many are counted, with names as they are: who shows them makes them visible', async () => {
  const problems = Array.from({ length: 14 }, (_, index) => problem(`f${index}\u001b[2J`));
  const found = await findingsOf(entryDamaged, { files: {}, form: 'zip', problems });
  expect(found).toHaveLength(4);
  expect(found.map(({ file, message }) => [file, message])).toContainEqual([
    'f3\u001b[2J',
    'The entry cannot be read: bad CRC; the same holds for 10 more',
  ]);
});

test('the finding that counts the rest makes sense wherever it stands', async () => {
  const names = ['z/a', 'z/b', 'z/c', 'a/first', 'z/d'];
  const found = await findingsOf(entryDamaged, {
    files: {},
    form: 'zip',
    label: '.',
    problems: names.map(problem),
  });
  expect(found.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    'a/first: The entry cannot be read: bad CRC; the same holds for 1 more',
    'z/a: The entry cannot be read: bad CRC',
    'z/b: The entry cannot be read: bad CRC',
    'z/c: The entry cannot be read: bad CRC',
  ]);
});
