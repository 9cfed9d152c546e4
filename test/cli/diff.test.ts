import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planPackage } from '../../src/package/plan/plan.ts';
import { entryDate } from '../../src/package/write/write-zip.ts';
import { writePackage } from '../../src/package/write-package.ts';
import { kplugin } from '../bin/run.ts';
import { bomb } from '../fixtures/hostile-zip.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { GOOD_PROJECT, type Tree, temporaryFolders } from '../fixtures/tree.ts';

const folder = temporaryFolders();

const OLD: Tree = {
  ...GOOD_PROJECT,
  'probe.json': `{
  "version": "1.0.0",
  "language": "python",
  "executable": "main.py",
  "sources": ["probe_src"],
  "sinks": ["probe_sink"],
  "functions": ["probe_old"]
}
`,
  'sources/probe_src.yaml': 'default:\n  interval: 1000\n  password: geheim\nspare: {}\n',
  'functions/probe_old.json': '{"functions":[{"name":"probe_old"}]}\n',
  'run.sh': { text: 'echo run\n', mode: 0o644 },
  'model.bin': Buffer.from('\0model one'),
  'kept.txt': 'kept\n',
};

const { 'functions/probe_old.json': _, ...KEPT } = OLD;

const NEW: Tree = {
  ...KEPT,
  'probe.json': `{
  "version": "1.1.0",
  "language": "python",
  "executable": "main.py",
  "sources": ["probe_src"],
  "sinks": ["probe_sink"],
  "functions": ["probe_new"]
}
`,
  'main.py': 'print("probe")\nprint("\u001b[31mred\u202e")\n',
  'sources/probe_src.yaml': 'default:\n  interval: 2000\n  password: anders\n  extra: [1, 2]\n',
  'functions/probe_new.json': '{"functions":[{"name":"probe_new"}]}\n',
  'run.sh': { text: '#!/bin/sh\necho run\n', mode: 0o644 },
  'model.bin': Buffer.from('\0model two, longer'),
  'install.sh': '#!/bin/sh\npip install -r requirements.txt\n',
};

/** A folder with both projects and a package of each. */
async function world(): Promise<string> {
  const inside = (name: string, tree: Tree) =>
    Object.fromEntries(Object.entries(tree).map(([path, item]) => [`${name}/${path}`, item]));
  const cwd = folder({ ...inside('old', OLD), ...inside('new', NEW) });
  // Not by the command: it refuses what is wrong with these, and diff does not care.
  const { entries } = await planPackage(join(cwd, 'old'));
  await writePackage(entries, join(cwd, 'old.zip'), { date: entryDate(undefined), now: 0 });
  return cwd;
}

describe('diff', () => {
  it('shows what changes from one plugin to another', async () => {
    const cwd = await world();
    const run = await kplugin(['diff', 'old.zip', 'new'], { cwd });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    await expect(run.stdout).toMatchFileSnapshot('golden/diff.txt');
    expect(run.stdout).not.toMatch(/geheim|anders/);
    const stat = await kplugin(['diff', 'old.zip', 'new', '--stat'], { cwd });
    await expect(stat.stdout).toMatchFileSnapshot('golden/diff-stat.txt');
  });

  it('says that two are the same, and how it was told', async () => {
    const cwd = await world();
    const run = await kplugin(['diff', 'old', 'old.zip'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^old and old\.zip hold the same \(content [0-9a-f]{12}\)\n$/);
  });

  it('has colours on a terminal only', async () => {
    const cwd = await world();
    const colours = { env: { FORCE_COLOR: '1', NO_COLOR: '' }, cwd };
    const { stdout } = await kplugin(['diff', 'old', 'new'], colours);
    expect(stdout).toContain('\u001b[32m+print("\\x1b[31mred\\u202e")\u001b[39m');
    expect(stdout).toContain('\u001b[31m-');
  });

  it('answers quietly with its exit code alone', async () => {
    const cwd = await world();
    const silent = { stdout: '', stderr: '' };
    expect(await kplugin(['diff', 'old', 'new', '-q'], { cwd })).toEqual({ code: 1, ...silent });
    expect(await kplugin(['diff', 'old', 'old', '-q'], { cwd })).toEqual({ code: 0, ...silent });
  });

  it('tells programs all of it', async () => {
    const cwd = await world();
    const run = await kplugin(['diff', 'old', 'new', '--json'], { cwd });
    const { ok, data, error } = JSON.parse(run.stdout);
    expect({ code: run.code, ok, error: error.code }).toEqual({
      code: 1,
      ok: false,
      error: 'different',
    });
    expect(data.symbols).toMatchObject({
      added: [{ kind: 'function', name: 'probe_new' }],
      removed: [{ kind: 'function', name: 'probe_old' }],
    });
    const script = data.files.find(({ path }: { path: string }) => path === 'run.sh');
    expect(script).toMatchObject({
      what: 'changed',
      before: { mode: '0644' },
      after: { mode: '0755' },
    });
    expect(run.stdout).not.toMatch(/geheim|anders/);
    const same = JSON.parse((await kplugin(['diff', 'old', 'old', '--json'], { cwd })).stdout);
    expect(same).toMatchObject({ ok: true, error: null, data: { same: true, files: [] } });
  });

  it.each<[string, string[], string]>([
    ['a file that is no zip', ['old/main.py', 'old'], 'old/main.py cannot be compared'],
    ['a bomb', ['old', 'bomb.zip'], 'bomb.zip cannot be compared'],
    ['a zip that is not there', ['old', 'nope.zip'], 'there is no plugin at nope.zip'],
    ['a folder that is not there', ['./nope', 'old'], 'there is no plugin at ./nope'],
    ['three to compare', ['old', 'new', '--host', 'edge1'], 'diff compares two'],
    [
      'a host and several',
      ['h1:1', '--host', 'h2:1', '--host', 'h3:1'],
      'a host is compared with one other',
    ],
    ['two and a group', ['old', 'new', '--group', 'edge'], 'diff compares two'],
    ['one alone', ['old'], 'no host is named'],
    ['a plugin of a package', ['old', 'new', '--plugin', 'x'], '--plugin is for two hosts'],
    ['no address', ['old', 'ftp://x'], 'kplugin speaks http and https'],
    ['what has no manifest', ['empty.zip', '--host', '127.0.0.1:1'], 'has: it has no manifest'],
  ])('refuses %s with exit 2', async (_what, args, words) => {
    const cwd = await world();
    writeFileSync(join(cwd, 'bomb.zip'), bomb(150 * 1024 ** 2));
    writeFileSync(join(cwd, 'empty.zip'), makeZip([{ name: 'a', text: '' }]));
    const run = await kplugin(['diff', ...args], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(words);
  });

  it('says of a host that nobody knows that it could have been a path', async () => {
    const cwd = await world();
    const run = await kplugin(['diff', 'kpdf-no-such.invalid', 'old', '--retries', '0'], { cwd });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('there is no file or folder kpdf-no-such.invalid here');
  });

  it('compares with the host of KPLUGIN_HOST, but not where two are given', async () => {
    const cwd = await world();
    const env = { KPLUGIN_HOST: '127.0.0.1:1', KPLUGIN_RETRIES: '0' };
    expect(await kplugin(['diff', 'old', 'old'], { cwd, env })).toMatchObject({ code: 0 });
    expect(await kplugin(['diff', 'old'], { cwd, env })).toMatchObject({ code: 3 });
  });
});
