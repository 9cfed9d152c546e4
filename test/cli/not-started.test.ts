import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { cleanEnv, ROOT } from '../bin/run.ts';

/** A kplugin of its own, of which dist/ is empty. */
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kplugin-damaged-'));
  cpSync(path.join(ROOT, 'bin'), path.join(folder, 'bin'), { recursive: true });
  cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  mkdirSync(path.join(folder, 'dist'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(path.join(folder, 'dist/kplugin.cjs'), text);

function run(...args: string[]) {
  const bin = path.join(folder, 'bin/kplugin.js');
  const options = { cwd: folder, env: cleanEnv(), encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], options);
  return { status, stdout, stderr };
}

const MANY = 'x'.repeat(100_000);

const DAMAGES: readonly (readonly [title: string, bundle: string | null, words: string])[] = [
  ['the bundle is missing', null, "Cannot find module '../dist/kplugin.cjs'"],
  ['the bundle is empty', '', 'main is not a function'],
  ['the bundle was truncated', `const ${MANY} = {`, 'Unexpected end of input'],
  ['a part throws', "throw new RangeError('evil \\u001b[31m\\u202e')", 'evil ?[31m?'],
  ['a text is thrown', "throw 'only a text'", 'only a text'],
  ['it fails later', "exports.main = async () => { throw new TypeError('late'); };", 'late'],
];

describe.each(DAMAGES)('%s', (_, bundle, words) => {
  beforeEach(() => {
    if (bundle !== null) write(bundle);
  });

  it('ends as exit 70 and says what to do, without what may be secret', () => {
    const { status, stdout, stderr } = run('install', 'https://me:hush@edge1/a.zip');
    expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
    const [first, why, fix] = stderr.split('\n');
    expect(first).toBe(`error: kplugin could not be started: ${words}`);
    expect(why).toMatch(
      /^ {2}why {2}files of kplugin are damaged or missing in .*, or this is a bug/,
    );
    expect(fix).toContain('  fix  install it again (npm install -g kplugin; in a checkout npm ci)');
    expect(stderr).toContain(`\nReport this at ${pkg.bugs.url}\nkplugin ${pkg.version}, Node v`);
    expect(stderr).toContain('\ncommand: kplugin install ...\n');
    expect(stderr).not.toContain('hush');
    expect(Math.max(...stderr.split('\n').map((line) => line.length))).toBeLessThan(400);
  });

  it('has the same in the envelope', () => {
    const { status, stdout, stderr } = run('--json', 'list', '--host', 'edge1');
    expect({ status, stderr }).toEqual({ status: 70, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      command: 'list',
      data: null,
      error: {
        code: 'not-started',
        message: `kplugin could not be started: ${words}`,
        data: { report: { address: pkg.bugs.url, version: pkg.version, command: ['list'] } },
      },
    });
  });
});

it('a package.json that cannot be read is reported as well', () => {
  writeFileSync(path.join(folder, 'package.json'), '{');
  const { status, stderr } = run('validate');
  expect(status).toBe(70);
  expect(stderr).toContain('\nkplugin of an unknown version, Node ');
});

it('a text of help that is missing is reported as well', () => {
  const { status, stderr } = run('--help');
  expect(status).toBe(70);
  expect(stderr).toMatch(/^error: kplugin could not be started: ENOENT: .*help\.json/);
});

it.each([
  ['is no JavaScript', 'const = {', 'a file of kplugin is damaged: '],
  ['is truncated', 'module.exports = {', 'a file of kplugin is damaged: '],
  ['is missing', null, 'a file of kplugin is missing: '],
])('a part that %s is installed again, and is no bug to report first', (_, content, words) => {
  for (const name of ['dist', 'schemas', 'templates']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  const parts = path.join(folder, 'dist/parts');
  const [part = ''] = readdirSync(parts).filter(
    (name) =>
      /^run-[A-Z0-9]+\.cjs$/.test(name) &&
      readFileSync(path.join(parts, name), 'utf8').includes('openForInspection'),
  );
  if (content === null) rmSync(path.join(parts, part));
  else writeFileSync(path.join(parts, part), content);
  const { status, stderr } = run('inspect', '.');
  expect(status).toBe(70);
  expect(stderr.slice(0, `error: ${words}`.length)).toBe(`error: ${words}`);
  expect(stderr).toContain('\n  fix  install it again (npm install -g kplugin; in a checkout');
});
