import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cleanEnv, ROOT } from '../bin/run.ts';
import { systemPython } from '../toolchain/python.ts';
import { describeOnUnixWith } from '../toolchain/require.ts';

const run = promisify(execFile);

await describeOnUnixWith('npm run quickstart', systemPython, () => {
  describe('the first command of the README', () => {
    it('goes the whole way and says each step as one would type it', async () => {
      const { stdout } = await run('npm', ['run', '--silent', 'quickstart'], {
        cwd: ROOT,
        env: cleanEnv(),
      });
      const typed = stdout.split('\n').filter((line) => line.startsWith('$ kplugin '));
      expect(typed.map((line) => line.split(' ')[2])).toEqual([
        ...['init', 'validate', 'pack', 'serve', 'install', 'list', 'status', 'remove'],
      ]);
      expect(stdout).toContain('handshake after');
      expect(stdout).toMatch(/hello 0\.1\.0 on 127\.0\.0\.1:\d+: running/);
      expect(stdout).toContain('stopped: nothing is left running');
    });
  });
});
