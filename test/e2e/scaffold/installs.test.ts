import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { command as init } from '../../../src/commands/init/command.ts';
import { LANGUAGES } from '../../../src/scaffold/answers.ts';
import { goCommand } from '../../toolchain/go.ts';
import { useGoSdk } from '../../toolchain/go-sdk.ts';
import { npmSdk, useNpmSdk } from '../../toolchain/npm.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { World } from '../deploy/world.ts';

test('every language with templates can be chosen', () => {
  expect(init.flags.language.choices).toEqual(LANGUAGES);
});

const tools = async () => ({
  python: await sdkPython(),
  go: await goCommand(),
  npm: await npmSdk(),
});

await describeOnUnixWith('init, add, install, update, remove', tools, ({ python }) => {
  test.each(LANGUAGES)('a plugin in %s', async (language) => {
    const world = await World.open(python);
    const done = async (...args: readonly string[]): Promise<string> => {
      const run = await world.run([...args, '--yes']);
      expect(run.code, run.stdout + run.stderr).toBe(0);
      return run.stdout;
    };
    const name = `kpt_inst_${language}`;
    const folder = path.join(world.folder, name);
    try {
      await done('init', name, '--language', language, '--source', `${name}_in`);
      if (language === 'go') await useGoSdk(folder);
      if (language === 'typescript') await useNpmSdk(folder);
      expect(await done('install', name)).toContain('running');
      // The second function makes an update dangerous without the workaround.
      await done('add', 'function', `${name}_one`, '--dir', name);
      await done('add', 'function', `${name}_two`, '--dir', name);
      const manifest = path.join(folder, `${name}.json`);
      const text = await readFile(manifest, 'utf8');
      await writeFile(manifest, text.replace('"0.1.0"', '"0.2.0"'));
      expect(await done('install', name)).toContain('running');
      const described = JSON.parse(await done('describe', name, '--json'));
      expect(JSON.stringify(described.data)).toContain(`${name}_two`);
      expect(await done('status', name)).toContain('0.2.0');
      await done('remove', name);
    } finally {
      await world.close();
    }
  });
});
