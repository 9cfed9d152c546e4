import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { kplugin, type Run, type RunOptions } from '../bin/run.ts';
import { GOOD_PROJECT, type Tree, temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';

const folder = temporaryFolders();

const MINE = {
  KPLUGIN_TOKEN: 'hush-token-of-edge1',
  KPLUGIN_PROXY: 'http://me:hush-proxy@127.0.0.1:1',
  KPLUGIN_RETRIES: '0',
  AWS_SECRET_ACCESS_KEY: 'hush-cloud-key',
  NODE_OPTIONS: '--no-warnings',
  MODEL_URL: 'http://models',
};

/** Writes its own environment into a file, and that of the process that started it, as the kernel shows it. */
const spy = (file: string): string =>
  `#!/bin/sh\nenv > '${file}'\n[ ! -r /proc/$PPID/environ ] || tr '\\0' '\\n' < /proc/$PPID/environ >> '${file}.parent'\n`;

/** A plugin that is one shell script, with an install.sh; neither shakes hands. */
function spyingPlugin(name: string): {
  readonly cwd: string;
  readonly seen: string;
  readonly installSeen: string;
} {
  const out = folder();
  const seen = path.join(out, 'plugin');
  const installSeen = path.join(out, 'install');
  const manifest = {
    version: '1.0.0',
    language: 'go',
    executable: 'run.sh',
    sinks: ['probe_sink'],
  };
  const tree: Tree = {
    [`${name}.json`]: JSON.stringify(manifest),
    'run.sh': { text: spy(seen), mode: 0o755 },
    'install.sh': { text: spy(installSeen), mode: 0o755 },
    'sinks/probe_sink.json': GOOD_PROJECT['sinks/probe_sink.json'] ?? '',
  };
  return { cwd: folder(tree), seen, installSeen };
}

const read = (file: string): string => readFileSync(file, 'utf8');

/** What a child was given by name, without what its shell adds. */
const names = (file: string): string[] =>
  read(file)
    .split('\n')
    .map((line) => line.split('=')[0] ?? '')
    .filter((name) => /^[A-Z]/.test(name) && !['PWD', 'OLDPWD', 'SHLVL'].includes(name));

const run = (args: readonly string[], options: RunOptions): Promise<Run> =>
  kplugin(args, { ...options, env: { ...MINE, ...options.env } });

const PLAIN = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP)$/;

describeOnUnix('what kplugin starts', () => {
  it.each([
    ['test', ['test', '.', '--env', 'MODEL_URL', '--env', 'LEVEL=3', '--init-timeout', '1s'], 1],
    [
      'serve',
      ['serve', '.', '--env', 'MODEL_URL', '--env', 'LEVEL=3', '--listen', '127.0.0.1:0'],
      1,
    ],
  ])(
    '%s: a plugin and its install.sh see what they need and what --env names',
    async (word, args, code) => {
      const { cwd, seen, installSeen } = spyingPlugin(`kpenv_${word}_${process.pid}`);
      const answer = await run(args, { cwd });
      expect([answer.code, answer.stderr + answer.stdout]).toEqual([code, expect.any(String)]);
      for (const file of [seen, installSeen]) {
        const given = names(file);
        expect(given).toEqual(expect.arrayContaining(['PATH', 'HOME', 'MODEL_URL', 'LEVEL']));
        expect(given.filter((name) => !PLAIN.test(name))).toEqual(
          expect.arrayContaining(['MODEL_URL', 'LEVEL']),
        );
        expect(
          given.filter((name) => !PLAIN.test(name) && name !== 'MODEL_URL' && name !== 'LEVEL'),
        ).toEqual([]);
        // It may look at kplugin itself: nobody's secrets are there either.
        if (process.platform === 'linux') {
          expect(read(`${file}.parent`)).toContain(`PATH=${process.env['PATH']}`);
          expect(read(`${file}.parent`)).toMatch(/^AWS_SECRET_ACCESS_KEY=\*+$/m);
          expect(read(`${file}.parent`)).not.toContain('hush');
        }
      }
      expect(answer.stdout + answer.stderr).not.toContain('hush');
    },
  );

  it('a build sees the terminal’s environment but for what is kplugin’s', async () => {
    const out = path.join(folder(), 'build');
    const cwd = folder({
      'probe.json': JSON.stringify({
        version: '1.0.0',
        language: 'go',
        executable: 'run.sh',
        sinks: ['probe_sink'],
      }),
      'run.sh': { text: '#!/bin/sh\n', mode: 0o755 },
      'build.sh': { text: spy(out), mode: 0o755 },
      'package.json': JSON.stringify({ name: 'probe', scripts: { build: './build.sh' } }),
      'sinks/probe_sink.json': GOOD_PROJECT['sinks/probe_sink.json'] ?? '',
    });
    const answer = await run(['pack', '-o', '../built.zip', '--verbose'], { cwd });
    const given = names(out);
    expect(given).toEqual(expect.arrayContaining(['PATH', 'MODEL_URL', 'NODE_OPTIONS']));
    expect(given.filter((name) => name.startsWith('KPLUGIN_'))).toEqual([]);
    expect(answer.stdout + answer.stderr).not.toContain('hush');
    expect(readFileSync(path.join(cwd, '../built.zip'), 'latin1')).not.toContain('hush');
  });
});
