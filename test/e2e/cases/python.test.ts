import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { kplugin, type Run } from '../../bin/run.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { badCases, goodCases, pythonPlugin } from './plugin.ts';

const NAME = 'kpt_py';

await describeOnUnixWith('kplugin test, with a Python plugin', sdkPython, (python) => {
  const folder = temporaryFolders();
  const project = (cases: Readonly<Record<string, string>>) =>
    folder({ ...pythonPlugin(NAME), ...cases });

  const testing = (cwd: string, ...args: readonly string[]): Promise<Run> =>
    kplugin(['test', ...args, '--python', python], { cwd });

  describe('whose cases pass', () => {
    let cwd: string;
    beforeAll(() => {
      cwd = project({ 'tests/cases.yaml': goodCases(NAME) });
    });

    it('says so, and writes a JUnit report', async () => {
      const run = await testing(cwd, '--only', 'cases', '--junit', 'reports/junit.xml');
      expect(run).toMatchObject({ code: 0, stderr: '' });
      await expect(steady(run.stdout, cwd)).toMatchFileSnapshot('golden/passing.txt');
      const junit = readFileSync(path.join(cwd, 'reports/junit.xml'), 'utf8');
      expect(junit).toContain('<testsuite name="kpt_py on eKuiper 2.4.0" tests="8" failures="0"');
      expect(junit.match(/<testcase /g)).toHaveLength(8);
    });

    it('for several eKuipers, one after the other', async () => {
      const run = await testing(
        cwd,
        '.',
        'echoes',
        'counts',
        '--only',
        'cases',
        '--target',
        '1.14,2.1',
        '--json',
      );
      const { data } = JSON.parse(run.stdout);
      expect(run.code).toBe(0);
      expect(data.targets.map(({ target, passed }: Target) => [target, passed])).toEqual([
        ['1.14', 4],
        ['2.1', 4],
      ]);
    });

    it('also as a package, with its cases from elsewhere', async () => {
      expect((await kplugin(['pack', '-o', 'p.zip', '-q'], { cwd })).code).toBe(0);
      const run = await testing(
        cwd,
        'p.zip',
        '--cases',
        'tests',
        '--only',
        'cases',
        '--parallel',
        '1',
      );
      expect(run.stdout).toMatch(/^8 passed in /m);
    });

    it('only those of a symbol, or with a word in their name', async () => {
      const run = await testing(cwd, 'acknow', '--symbol', `${NAME}_out`);
      expect(run.stdout).toMatch(/✓ {2}acknowledges {2}sink kpt_py_out[\s\S]*\n1 passed in /);
    });
  });

  describe('whose cases fail', () => {
    let run: Run;
    let cwd: string;
    beforeAll(async () => {
      cwd = project({ 'tests/bad.yaml': badCases(NAME) });
      run = await testing(cwd, '--only', 'cases', '--parallel', '1');
    });

    it('shows the difference and the log, and goes on after a crash', async () => {
      expect(run).toMatchObject({ code: 1, stderr: '' });
      await expect(steady(run.stdout, cwd)).toMatchFileSnapshot('golden/failing.txt');
    });

    it('tells GitHub where, and programs what', async () => {
      const annotated = await kplugin(
        ['test', 'backwards', '--only', 'cases', '--json', '--python', python],
        { cwd, env: { GITHUB_ACTIONS: 'true' } },
      );
      const envelope = JSON.parse(annotated.stdout);
      expect(envelope).toMatchObject({ ok: false, error: { code: 'cases-failed' } });
      expect(envelope.data.targets[0].results[0]).toMatchObject({
        name: 'counts backwards',
        file: 'tests/bad.yaml',
        line: 12,
        difference: { path: 'rows[1].number', received: '2' },
      });
      const human = await testing(cwd, 'backwards', '--only', 'cases', '--format', 'github');
      expect(human.stdout).toContain(
        '::error file=tests/bad.yaml,line=12,col=1,endColumn=2,title=counts backwards::rows[1].number: expected',
      );
    });

    it('--bail ends with the first', async () => {
      const bailed = await testing(cwd, '--only', 'cases', '--parallel', '1', '--bail');
      expect(bailed.stdout).toMatch(/^0 passed, 1 failed in .*; the rest was not run$/m);
    });
  });

  describe('without a case', () => {
    it('runs the checks; functions without a workaround fail one of them, and it says what helps', async () => {
      const cwd = project({});
      const run = await testing(cwd);
      expect(run.code).toBe(1);
      await expect(steady(run.stdout, cwd)).toMatchFileSnapshot('golden/checks.txt');
    });

    it('can leave out the check that it cannot pass, in a case file as well', async () => {
      const cwd = project({ 'tests/checks.yaml': 'checks: { skip: [restart, silence, twice] }' });
      const run = await testing(cwd, '--skip', 'acks');
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toMatch(/\n10 passed in /);
      expect(run.stdout).not.toMatch(/restart|silence|twice|acks/);
    });
  });

  test('a plugin that does not start fails the handshake with its last words', async () => {
    const cwd = folder({ ...pythonPlugin(NAME), 'main.py': 'import sys\nsys.exit("no config")\n' });
    const run = await testing(cwd, '--only', 'checks');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/✗ {2}handshake\n {6}the process ended after .*\(exit status 1\)/);
    expect(run.stdout).toContain('no config');
    expect(run.stdout).toMatch(/\n0 passed, 1 failed in /);
  });

  test('findings stop it before anything is built or run', async () => {
    const cwd = folder({
      ...pythonPlugin(NAME),
      [`sources/${NAME}_in.yaml`]: 'default: [',
      [`${NAME}.json`]: '{"language":"python","executable":"main.py","sources":["kpt_py_x"]}',
    });
    const run = await testing(cwd);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('for eKuiper 2.4.0');
  });

  test('nothing of it is left behind', () => {
    expect(existsSync(`/tmp/plugin_${NAME}.ipc`)).toBe(false);
    expect(existsSync(`/tmp/func_${NAME}_echo.ipc`)).toBe(false);
  });
});

interface Target {
  readonly target: string;
  readonly passed: number;
}

/** Output without times, temporary folders and the places of the SDK. */
function steady(output: string, cwd: string): string {
  return output
    .replaceAll(cwd, '<project>')
    .replace(/, python \S+ \(/, ', python <python> (')
    .replace(/\b\d+ (ms|s)\b/g, '<time>')
    .replace(/ {2}<time>$/gm, '')
    .replace(/… \d+ lines/g, '… <n> lines');
}
