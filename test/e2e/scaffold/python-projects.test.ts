import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kplugin } from '../../bin/run.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { run } from '../../toolchain/run.ts';
import { initProject, MIXES } from './mixes.ts';

await describeWith('Python projects from init', sdkPython, (python) => {
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin python 计 '));
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  /** Resolves only when all tests of the project pass; throws with the output of unittest. */
  const unittest = (folder: string): Promise<string> =>
    run(python, ['-B', '-W', 'error', '-m', 'unittest'], { cwd: folder });

  test.each(MIXES)('pass their own tests: $title', async ({ title, flags }) => {
    const folder = await initProject(base, `mix-${title.replaceAll(' + ', '-')}`, [
      '--language',
      'python',
      ...flags,
    ]);
    await unittest(folder);
  });

  test('pass them with a hostile description', async () => {
    const description = 'say "hi" """ \\ {{ name }} # <b> 你好';
    const folder = await initProject(base, 'hostile', [
      ...['--language', 'python', '--sink', 'a-b', '--sink', 'a_b', '--source', '9x'],
      ...['--description', description, '--author', 'A "B" \\ <a@b.c>'],
    ]);
    await unittest(folder);
    const doc = await run(python, ['-B', '-c', 'import main; print(main.__doc__)'], {
      cwd: folder,
    });
    expect(doc.split('\n')[0]).toBe(description);
  });

  test('pass them after add, for every kind', async () => {
    const folder = await initProject(base, 'grown', ['--language', 'python', '--sink', 'first']);
    for (const argv of [
      ['source', 'later'],
      ['function', 'later'],
      ['sink', 'later'],
      ['function', 'last'],
    ]) {
      const added = await kplugin(['add', ...argv, '--dir', folder, '-q']);
      expect(added).toMatchObject({ code: 0, stderr: '' });
      await unittest(folder);
    }
    const ask = 'import main; c = main.CONFIG; print(*c.sources, *c.sinks, *c.functions)';
    expect(await run(python, ['-B', '-c', ask], { cwd: folder })).toBe(
      'later first later later last\n',
    );
  });

  test('fail their own test when manifest and main program disagree', async () => {
    const folder = await initProject(base, 'wrong', ['--language', 'python', '--sink', 'first']);
    const edit = `import json, pathlib
p = pathlib.Path('wrong.json'); m = json.loads(p.read_text()); m['sinks'] = ['other']
p.write_text(json.dumps(m))`;
    await run(python, ['-c', edit], { cwd: folder });
    await expect(unittest(folder)).rejects.toThrow('test_agrees_with_the_manifest');
  });
});
