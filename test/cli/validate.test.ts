import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { twentySymbols } from '../fixtures/twenty-symbols.ts';

const folder = temporaryFolders();

const FAULTY = {
  'probe.json':
    '{\n  "version": "1.0.0",\n  "language": "Python",\n  "executable": "main.py",\n  "sources": ["psrc"],\n  "sinks": ["psnk"],\n}\n',
  'main.py': 'print("hello")\n',
  'sources/psrc.yaml': 'default:\n  hatId: 1\n\tbad: 2\n',
  'sinks/psnk.json': '{\n\t"about": {"author": "标签 me"},\n\t"properties": {"default": []}\n}\n',
};

const inFolder = (files: Record<string, string>, name = 'probe') =>
  folder(
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text])),
  );

describe('what people read', () => {
  it('shows each finding with its line, its reason and its fix', async () => {
    const cwd = inFolder(FAULTY);
    const run = await kplugin(['validate', 'probe'], { cwd });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 1, stderr: '' });
    await expect(run.stdout).toMatchFileSnapshot('golden/validate-pretty.txt');
  });

  it('says ok in one line, and what comes next on stderr', async () => {
    const cwd = inFolder(twentySymbols(), 'twenty');
    const run = await kplugin(['validate', 'twenty'], { cwd });
    expect(run).toEqual({
      code: 0,
      stdout: 'ok  no findings in twenty 1.0.0, checked for eKuiper 2.4.0\n',
      stderr: '\nNext:\n  kplugin pack twenty\n',
    });
  });

  it('checks the directory it is in', async () => {
    const cwd = path.join(inFolder(twentySymbols(), 'twenty'), 'twenty');
    expect((await kplugin(['validate', '--quiet'], { cwd })).code).toBe(0);
  });
});

describe('what programs read', () => {
  it('--json: findings and counts are data also when it fails', async () => {
    const cwd = inFolder(FAULTY);
    const { code, stdout } = await kplugin(['validate', 'probe', '--json'], { cwd });
    const envelope = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(Object.keys(envelope)).toEqual(['ok', 'command', 'data', 'error']);
    expect(envelope).toMatchObject({ ok: false, command: 'validate', error: { code: 'findings' } });
    expect(envelope.data.findings.length).toBe(
      envelope.data.counts.error + envelope.data.counts.warning + envelope.data.counts.info,
    );
    await expect(`${JSON.stringify(envelope.data, null, 2)}\n`).toMatchFileSnapshot(
      'golden/validate.json',
    );
  });

  it('--format json is that data without the envelope', async () => {
    const cwd = inFolder(FAULTY);
    const plain = await kplugin(['validate', 'probe', '--format', 'json'], { cwd });
    const envelope = await kplugin(['validate', 'probe', '--json'], { cwd });
    expect(JSON.parse(plain.stdout)).toEqual(JSON.parse(envelope.stdout).data);
  });

  it('annotations by themselves under GITHUB_ACTIONS, with paths from the checkout', async () => {
    const cwd = inFolder(FAULTY, 'plugins/probe');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd };
    const run = await kplugin(['validate', '.'], { cwd: path.join(cwd, 'plugins/probe'), env });
    expect(run.code).toBe(1);
    await expect(run.stdout).toMatchFileSnapshot('golden/validate-github.txt');
    const pretty = await kplugin(['validate', '--format', 'pretty', '.'], {
      cwd: path.join(cwd, 'plugins/probe'),
      env,
    });
    expect(pretty.stdout).not.toContain('::error');
  });

  it('annotations of a package stand at the package', async () => {
    const zip = makeZip(Object.entries(FAULTY).map(([name, text]) => ({ name, text })));
    const cwd = folder({ 'probe.zip': zip });
    const run = await kplugin(['validate', 'probe.zip', '--format', 'github'], { cwd });
    expect(run.stdout).toContain('::error file=probe.zip,title=');
    expect(run.stdout).not.toContain('line=');
  });
});

describe('strictness and target', () => {
  const WARNED = { ...GOOD_PROJECT, 'sources/temperature.yaml': 'default:\n  hatId: 1\n' };

  test.each([
    [['validate', 'probe'], 0],
    [['validate', 'probe', '--strict'], 1],
  ])('%j: exit %i', async (argv, code) => {
    const cwd = inFolder({ ...twentySymbols(), 'sinks/other.json': '{"about":{}}' });
    expect((await kplugin(argv, { cwd })).code).toBe(code);
  });

  test.each([
    ['2.4', true],
    ['2.0.8', true],
    ['1.14', false],
  ])('--target %s', async (target, said) => {
    const cwd = inFolder({
      ...twentySymbols(),
      'sources/temperature_1.yaml': WARNED['sources/temperature.yaml'],
    });
    const { stdout } = await kplugin(['validate', 'probe', '--target', target], { cwd });
    expect(stdout.includes('yaml-key-case')).toBe(said);
  });
});

describe('a target with a patch level', () => {
  const manifest = {
    version: '1.0.0',
    language: 'python',
    executable: 'main.py',
    functions: ['f'],
  };
  const zip = makeZip([
    { name: 'probe.json', text: JSON.stringify(manifest) },
    { name: './main.py', text: '' },
  ]);

  test.each([
    ['2.1', '2.1.5', false],
    ['2.1.2', '2.1.2', true],
    ['2.1.3', '2.1.3', false],
  ])('--target %s is eKuiper %s', async (target, release, refused) => {
    const cwd = folder({ 'probe.zip': zip });
    const argv = ['validate', 'probe.zip', '--target', target];
    const { stdout } = await kplugin(argv, { cwd });
    expect(stdout.includes('executable-not-packed')).toBe(refused);
    expect(stdout).toContain(`checked for eKuiper ${release}\n`);
  });

  it('of a line that is not known is refused with those that are', async () => {
    const { code, stderr } = await kplugin(['validate', '.', '--target', '9.9']);
    expect(code).toBe(2);
    expect(stderr).toContain('use one of 1.14, 2.0, 2.1, 2.2, 2.3, 2.4, or a full version');
  });
});

describe('what is no plugin', () => {
  test.each<[string, string[], string, string]>([
    ['nothing there', ['nope'], 'there is no plugin at nope', ''],
    [
      'a folder with a plugin in it',
      ['.'],
      '. is no plugin: it has no manifest',
      'kplugin validate plugins/probe',
    ],
    ['an empty folder', ['empty'], 'empty is no plugin', 'kplugin init'],
    [
      'a native plugin',
      ['native'],
      'This is a native plugin (random@v1.0.0.so)',
      '/plugins/sources',
    ],
    [
      'a manifest',
      ['plugins/probe/probe.json'],
      'neither a project directory nor a package',
      'kplugin validate plugins/probe',
    ],
    [
      'a symbol file',
      ['plugins/probe/sinks/x.json'],
      'neither a project directory nor a package',
      'kplugin validate plugins/probe',
    ],
    ['a text', ['notes.txt'], 'notes.txt is neither a project directory nor a package', ''],
    ['no version', ['plugins/probe', '--target', 'two'], '"two" is no version of eKuiper', '2.4'],
  ])('%s', async (_title, argv, message, hint) => {
    const cwd = folder({
      'plugins/probe/probe.json': String(twentySymbols()['twenty.json']),
      'plugins/probe/sinks/x.json': '{}',
      'empty/readme.md': '',
      'native/random@v1.0.0.so': 'x',
      'notes.txt': 'n',
    });
    const run = await kplugin(['validate', ...argv], { cwd });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
  });

  it('a .zip that is none is a finding', async () => {
    const cwd = folder({ 'probe.zip': 'not a zip' });
    const { code, stdout } = await kplugin(['validate', 'probe.zip'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('not-a-zip');
  });
});
