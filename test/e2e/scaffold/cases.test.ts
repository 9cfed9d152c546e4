import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../src/scaffold/answers.ts';
import { kplugin } from '../../bin/run.ts';
import { goCommand } from '../../toolchain/go.ts';
import { useGoSdk } from '../../toolchain/go-sdk.ts';
import { npmSdk, useNpmSdk } from '../../toolchain/npm.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { initProject } from './mixes.ts';

const tools = async () => ({
  python: await sdkPython(),
  go: await goCommand(),
  npm: await npmSdk(),
});

const MAKE_READY: Record<Language, (folder: string) => Promise<void>> = {
  python: async () => undefined,
  go: useGoSdk,
  typescript: useNpmSdk,
};

await describeOnUnixWith('the cases that init and add write', tools, ({ python }) => {
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(path.join(os.tmpdir(), 'kplugin-cases-'));
  });

  afterAll(() => rm(base, { recursive: true, force: true }));

  test.each(LANGUAGES)('pass from the start, with all checks, in %s', async (language) => {
    const name = `kpt_cases_${language}`;
    const flags = ['--language', language, '--source', `${name}_in`, '--function', `${name}_f`];
    const folder = await initProject(base, name, flags);
    const added = await kplugin(['add', 'sink', `${name}_out`, '--dir', folder, '-q']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    await MAKE_READY[language](folder);
    const run = await kplugin(['test', folder, '--python', python]);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    for (const file of ['in_source', 'out_sink', 'f_function']) {
      const stem = `${name}_${file}`;
      const title = `tests/${language === 'typescript' ? stem.replaceAll('_', '-') : stem}.yaml`;
      expect(run.stdout).toContain(title);
    }
    expect(run.stdout).toMatch(/^\d\d passed/m);
  });
});
