import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, cleanEnv, kplugin, ROOT } from '../bin/run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kplugin-start-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a Node that is too old', () => {
  it.each(['0.12.18', '12.22.12', '18.20.8', '20.18.3'])('%s is told so', (version) => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
    const script = `${pretend} require(${JSON.stringify(BIN)});`;
    const run = spawnSync(process.execPath, ['-e', script, 'x', '--version'], { encoding: 'utf8' });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(`error: kplugin needs Node 20.19 or newer; this is ${version}\n`);
    expect(run.stderr).toMatch(/\n {2}fix {2}install a newer Node/);
  });

  it('can read the file that says so: there is no newer syntax than ES2015 in it', () => {
    const source = readFileSync(BIN, 'utf8');
    const as = (target: string) => transformSync(source, { target }).code;
    expect(as('es2015')).toBe(as('esnext'));
    const type = readFileSync(path.join(path.dirname(BIN), 'package.json'), 'utf8');
    expect(JSON.parse(type)).toEqual({ type: 'commonjs' });
  });
});

/** Replaces a text in the files of a build. */
function change(dist: string, from: string, to: string): void {
  for (const name of readdirSync(dist, { recursive: true }).map(String)) {
    if (!name.endsWith('.cjs')) continue;
    const file = path.join(dist, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  }
}

describe('what lies in dist/ is what runs', () => {
  const explain = (copy: string, cache: string) =>
    execFileSync(process.execPath, [path.join(copy, 'bin/kplugin.js'), 'explain', 'json-comment'], {
      encoding: 'utf8',
      env: cleanEnv({ XDG_CACHE_HOME: cache }),
    });

  it('one changed letter shows, also when Node kept the compiled form of the file before', () => {
    const copy = path.join(folder, 'copy');
    for (const name of ['bin', 'dist', 'package.json']) {
      cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
    }
    for (const name of ['schemas', 'templates']) {
      symlinkSync(path.join(ROOT, name), path.join(copy, name), 'junction');
    }
    const cache = path.join(folder, 'cache');
    mkdirSync(cache);
    const before = explain(copy, cache);
    expect(explain(copy, cache)).toBe(before);
    expect(before).toContain('The JSON holds a comment.');
    change(path.join(copy, 'dist'), 'JSON holds a', 'JSON holds A');
    expect(explain(copy, cache)).toBe(before.replace('JSON holds a', 'JSON holds A'));
  });
});

// Node 20 keeps no compiled code.
const keeps = 'enableCompileCache' in Module;

describe.runIf(process.platform !== 'win32')('compiled code is kept', () => {
  const start = (env: Record<string, string>) => kplugin(['explain', 'json-comment'], { env });
  const kept = (cache: string) => readdirSync(cache, { recursive: true }).map(String);

  it('where only this user can write', async () => {
    const cache = path.join(folder, 'own');
    mkdirSync(cache, { mode: 0o700 });
    expect(await start({ XDG_CACHE_HOME: cache })).toMatchObject({ code: 0, stderr: '' });
    expect(kept(cache).length > 2).toBe(keeps);
    if (!keeps) return;
    expect(statSync(path.join(cache, 'kplugin')).mode & 0o777).toBe(0o700);
  });

  it.each<[string, number]>([
    ['everybody', 0o777],
    ['a group', 0o770],
  ])('not where %s can', async (_who, mode) => {
    const cache = path.join(folder, `open-${mode}`);
    mkdirSync(cache);
    chmodSync(cache, mode);
    expect(await start({ XDG_CACHE_HOME: cache })).toMatchObject({ code: 0, stderr: '' });
    const made = keeps ? ['kplugin', path.join('kplugin', 'compile-cache')] : [];
    expect(kept(cache)).toEqual(made);
  });

  it('nowhere without a home, which is no failure', async () => {
    const home = path.join(folder, 'none');
    const env = { HOME: home, XDG_CACHE_HOME: '' };
    expect(await start(env)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder)).not.toContain('none');
  });
});
