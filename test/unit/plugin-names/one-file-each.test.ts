import { describe, expect, it } from 'vitest';
import { sharedNames, strangeNames, testFiles } from './in-tests.ts';

// Files of these folders run at the same time, and a plugin's sockets lie in /tmp under its name and those of its
// functions and rules. (test/faults/ makes a new name for each plugin: Stage.)
const files = testFiles('e2e', 'e2e-short');

describe('names of plugins, functions and rules in the tests', () => {
  it('belong to one file each', () => {
    expect(sharedNames(files)).toEqual([]);
    expect(files.length).toBeGreaterThan(80);
  });

  it('begin so that they are known as names', () => {
    expect(strangeNames(files)).toEqual([]);
  });
});

describe('what is looked for', () => {
  const written = (name: string) => `const NAME = \`${name.replace('{', '{target}')}\`;`;
  const found = (a: string, b: string, more = '') =>
    sharedNames([
      { file: 'test/e2e/a.test.ts', text: `${more}${written(a)}` },
      { file: 'test/e2e/b.test.ts', text: written(b) },
    ]);

  it.each([
    ['kpl_lost', 'kpl_lost'],
    ['kpl_lost', 'kpl_${'],
    ['kpl_${', 'kpl_past_${'],
    ['srvone', 'srvone'],
    ['bica', 'bica'],
  ])('%s and %s can be the same', (a, b) => {
    expect(found(a, b)).toEqual([`${a} in test/e2e/a.test.ts, ${b} in test/e2e/b.test.ts`]);
  });

  it.each([
    ['kpl_lost', 'kpl_lost_too'],
    ['kpl_lost', 'kpl_lo'],
    ['kplugin', 'kplugin'],
    ['kpl-folder', 'kpl-folder'],
    ['binary', 'binary'],
  ])('%s and %s cannot', (a, b) => expect(found(a, b)).toEqual([]));

  it('a test may use the names of a helper that it imports', () => {
    expect(found('kpl_lost', 'kpl_lost', "import { x } from './b.test.ts';\n")).toEqual([]);
  });

  it('a plugin by a name of another kind is told', () => {
    const text = "rawPlugin('meter', x); await writeProject(f, { version: '1', name: 'kpl_a' })";
    expect(strangeNames([{ file: 'a.ts', text }])).toEqual(['meter in a.ts']);
  });
});
