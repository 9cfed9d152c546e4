import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { BIN, cleanEnv, kplugin, ROOT } from '../bin/run.ts';

/** A bug in kplugin: what Node does for it fails as nobody expects. */
const BUGS = {
  thrown: `fs.readdirSync = () => {
    throw new TypeError('evil \\u001b[31m\\u202e hush-token', { cause: new RangeError('the root') });
  };`,
  uncaught: `const list = fs.readdirSync;
  fs.readdirSync = (...args) => {
    process.nextTick(() => { throw new TypeError('evil \\u001b[31m\\u202e hush-token'); });
    return list(...args);
  };`,
} as const;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kplugin-bug-'));
  for (const [name, text] of Object.entries(BUGS)) {
    writeFileSync(path.join(folder, `${name}.cjs`), `const fs = require('node:fs');\n${text}\n`);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const meet = (bug: keyof typeof BUGS, ...args: string[]) =>
  kplugin(['validate', '.', ...args], {
    cwd: folder,
    env: {
      NODE_OPTIONS: `--require ${path.join(folder, `${bug}.cjs`)}`,
      KPLUGIN_TOKEN: 'hush-token',
    },
  });

/** The source line that `    at rootView (src/x.ts:12)` names. */
function sourceLine(frame: string): string {
  const [, file = '', line = ''] = /\((src\/[^:]+):(\d+)\)$/.exec(frame) ?? [];
  return readFileSync(path.join(ROOT, file), 'utf8').split('\n')[Number(line) - 1] ?? '';
}

describe.each(['thrown', 'uncaught'] as const)('a bug that is %s', (bug) => {
  it('ends as exit 70 and says what to send where', async () => {
    const { code, stdout, stderr } = await meet(bug);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(/^error: kplugin failed unexpectedly: evil \\x1b\[31m\\u202e \*\*\*\n/);
    expect(stderr).toContain('\n  why  this is a bug in kplugin, not in your plugin\n');
    expect(stderr).toContain(
      `\n  fix  report it at ${pkg.bugs.url} with version, command and stack`,
    );
    const { node, platform, arch } = { ...process, node: process.version };
    expect(stderr).toContain(`\nkplugin ${pkg.version}, Node ${node}, ${platform} ${arch}\n`);
    expect(stderr).toContain('\ncommand: kplugin validate .\nTypeError: evil ');
    expect(stderr).toContain('\nNames and paths of yours may be in it');
  });

  it('has the same in the envelope', async () => {
    const { code, stdout, stderr } = await meet(bug, '--json');
    expect({ code, stderr }).toEqual({ code: 70, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      command: 'validate',
      error: {
        code: 'bug',
        data: {
          report: {
            address: pkg.bugs.url,
            version: pkg.version,
            node: process.version,
            platform: `${process.platform} ${process.arch}`,
            command: ['validate', '.', '--json'],
            stack: expect.arrayContaining(['TypeError: evil \\x1b[31m\\u202e ***']),
          },
        },
      },
    });
  });
});

describe('the stack of a bug', () => {
  it('names lines and functions of the source, also of the causes', async () => {
    const { error } = JSON.parse((await meet('thrown', '--json')).stdout);
    const stack: string[] = error.data.report.stack;
    const frames = stack.filter((line) => line.includes('(src/'));
    expect(frames.length).toBeGreaterThan(5);
    expect(sourceLine(frames[0] ?? '')).toContain('readdirSync(');
    const last = stack.findLast((line) => line.includes('runCommand')) ?? '';
    expect(last).toMatch(/^ {4}at async runCommand \(src\/commands\/main\.ts:\d+\)$/);
    expect(sourceLine(last)).toContain('await act(parsed, context)');
    expect(stack).toContain('caused by RangeError: the root');
    expect(stack.join('\n')).not.toMatch(/dist\/|hush|chunk/);
  });
});

it.runIf(process.platform !== 'win32')('a current folder that was deleted is no bug', () => {
  const gone = mkdtempSync(path.join(folder, 'gone-'));
  const script = `rmdir "${gone}" && exec "${process.execPath}" "${BIN}" validate`;
  const run = spawnSync('sh', ['-c', script], { cwd: gone, env: cleanEnv(), encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toMatch(/^error: the current folder does not exist any more\n/);
});

it.runIf(process.platform === 'linux')('a current folder whose path is not UTF-8 is told', () => {
  const script = `d=$(printf 'b\\377') && mkdir "$d" && cd "$d" && exec "${process.execPath}" "${BIN}" validate`;
  const run = spawnSync('sh', ['-c', script], { cwd: folder, env: cleanEnv(), encoding: 'utf8' });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toMatch(
    /^error: the path of the current folder is not UTF-8: \/.*\/b\u{fffd}\n/u,
  );
});
