import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { BIN, cleanEnv } from '../bin/run.ts';
import { describeOnLinux } from '../toolchain/require.ts';

/** Runs kplugin with redirections of a shell; the code is that of kplugin itself. */
function redirected(words: string, redirections: string) {
  const command = `"$0" "$@" ${redirections}; exit $?`;
  const args = ['-c', command, process.execPath, BIN, ...words.split(' ')];
  const { status, stdout, stderr } = spawnSync('/bin/sh', args, {
    env: cleanEnv(),
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

const DONE = ['--version', '--help', 'schema', 'schema manifest --json', 'explain --json'];
const REFUSED = ['validate no-such-folder', 'inspect --json', 'pakc', 'list --json'];

describeOnLinux('an output that was closed', () => {
  it.each([...DONE, ...REFUSED])('kplugin %s >&- is an error: nobody gets the result', (words) => {
    const { code, stdout, stderr } = redirected(words, '>&-');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: the output cannot be written\n {2}why /);
    expect(redirected(words, '>&- 2>&-')).toEqual({ code: 2, stdout: '', stderr: '' });
  });

  it.each(['timeout 60', 'env A=1'])('%s kplugin --version >&- is one too', (before) => {
    const command = `${before} "$0" "$@" >&-; exit $?`;
    const args = ['-c', command, process.execPath, BIN, '--version'];
    const { status, stderr } = spawnSync('/bin/sh', args, { env: cleanEnv(), encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('error: the output cannot be written');
  });

  it.each(DONE)('kplugin %s 2>&- prints its result and ends with 0', (words) => {
    const { code, stdout } = redirected(words, '2>&-');
    expect({ code, stdout }).toEqual({ code: 0, stdout: redirected(words, '').stdout });
  });

  it('is not what programs do that discard it: /dev/null, opened to read and write', () => {
    const discards = spawnSync(process.execPath, [BIN, 'schema'], { stdio: 'ignore' });
    expect(discards.status).toBe(0);
    expect(redirected('schema', '> /dev/null').code).toBe(0);
    // A shell that was given such an output hands it on.
    const args = ['-c', '"$0" "$@"; exit $?', process.execPath, BIN, 'schema'];
    expect(spawnSync('/bin/sh', args, { stdio: 'ignore' }).status).toBe(0);
  });
});

describeOnLinux('an output that takes nothing', () => {
  it.each([...DONE, ...REFUSED])('kplugin %s, stdout and stderr to /dev/full', (words) => {
    expect(redirected(words, '> /dev/full 2>&1').code).toBe(2);
  });

  it.each(REFUSED.filter((words) => words.includes('--json')))(
    'kplugin %s > /dev/full: a failure in JSON that cannot be written is told on stderr',
    (words) => {
      const { code, stderr } = redirected(words, '> /dev/full');
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: the output could not be written\n/);
      expect(stderr).not.toMatch(/node:|\n\s+at /);
    },
  );

  it('every command says the same about it', () => {
    const told = DONE.map((words) => redirected(words, '> /dev/full').stderr);
    expect(new Set(told)).toEqual(new Set([told[0]]));
    expect(told[0]).toContain('fix  check where it is redirected to');
  });

  it('a message that cannot be written ends as an error, after the result', () => {
    const { code, stdout } = redirected('schema', '2> /dev/full');
    expect(code).toBe(2);
    expect(stdout).toBe(redirected('schema', '').stdout);
  });

  it.each(DONE)('kplugin %s | true is quiet: a reader may go away', (words) => {
    const { code, stderr } = redirected(words, '| true');
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/error|EPIPE|\n\s+at /);
  });
});
