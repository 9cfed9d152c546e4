import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareText } from '../../../../src/model/finding.ts';
import { type Plan, planPackage } from '../../../../src/package/plan/plan.ts';
import {
  searchedInPartNote,
  strictDecisions,
  strictNote,
} from '../../../../src/package/strict-decisions.ts';
import { junitXml } from '../../../../src/testing/junit.ts';
import { craftZip } from '../../../fixtures/crafted-zip.ts';
import { fakePem, repeated } from '../../../fixtures/fake-secrets.ts';
import { makeZip } from '../../../fixtures/make-zip.ts';
import { GOOD_PROJECT, type Tree, temporaryFolders } from '../../../fixtures/tree.ts';
import { describeOnUnix } from '../../../toolchain/require.ts';

const folder = temporaryFolders();

const MANIFEST = '{"language":"python","executable":"main.py","sources":["s"]}';

function names(plan: Plan): string[] {
  return plan.entries.map(({ path, kind }) => (kind === 'directory' ? `${path}/` : path));
}

function modes(plan: Plan): Record<string, string> {
  return Object.fromEntries(plan.entries.map(({ path, mode }) => [path, mode.toString(8)]));
}

async function planOf(tree: Tree): Promise<Plan> {
  return planPackage(folder(tree));
}

describe('a plan', () => {
  it('is sorted by bytes with every parent first', async () => {
    const plan = await planOf({
      'b/c/d.txt': 'x',
      'b-a': 'x',
      'b.txt': 'x',
      'B/x': 'x',
      'é.txt': 'x',
      'z.txt': 'x',
      'a/b/c.txt': 'x',
    });
    expect(names(plan)).toEqual([
      'B/',
      'B/x',
      'a/',
      'a/b/',
      'a/b/c.txt',
      'b-a',
      'b.txt',
      'b/',
      'b/c/',
      'b/c/d.txt',
      'z.txt',
      'é.txt',
    ]);
  });

  it('gives modes by what the files are, never by how they lie there', async () => {
    const plan = await planOf({
      'p.json': MANIFEST,
      'main.py': { text: 'x', mode: 0o600 },
      'install.sh': 'echo',
      'tools/install.sh': 'echo',
      'run.sh': '#!/bin/sh\n',
      'lib.so': Buffer.from('\x7fELF\x02', 'latin1'),
      'plain.txt': { text: 'x', mode: 0o777 },
      empty: '',
    });
    expect(modes(plan)).toEqual({
      'p.json': '644',
      'main.py': '755',
      'install.sh': '755',
      tools: '755',
      'tools/install.sh': '644',
      'run.sh': '755',
      'lib.so': '755',
      'plain.txt': '644',
      empty: '644',
    });
  });

  it('takes in what the manifest declares, from ignored folders too, without their neighbours', async () => {
    const plan = await planOf({
      'p.json': '{"language":"go","executable":"dist/run","sinks":["k"]}',
      'dist/run': 'x',
      'dist/other': 'x',
      'sinks/k.json': '{}',
      'sinks/old.json': '{}',
      '.kpluginignore': 'dist/\nsinks/\np.json\n',
    });
    expect(names(plan)).toEqual(['dist/', 'dist/run', 'p.json', 'sinks/', 'sinks/k.json']);
  });

  it('never lists an ignored folder', async () => {
    const root = folder({
      'a.txt': 'x',
      'node_modules/x/index.js': 'x',
      '.kpluginignore': 'node_modules/',
    });
    const plan = await planPackage(root);
    expect(plan.decisions.map(({ path }) => path)).toEqual([
      '.kpluginignore',
      'a.txt',
      'node_modules/',
    ]);
  });

  it('has no entry for an empty folder, which git would not keep either', async () => {
    const root = folder({ 'a.txt': 'x', 'b/ignored.log': 'x', '.kpluginignore': '*.log' });
    mkdirSync(join(root, 'empty'));
    expect(names(await planPackage(root))).toEqual(['a.txt']);
  });

  it('leaves out private keys and says why', async () => {
    const plan = await planOf({
      'k.txt': fakePem('PRIVATE KEY'),
      'chain.pem': `${'x'.repeat(70)}\n`.repeat(200).concat(fakePem('RSA PRIVATE KEY')),
      'ca.pem': '-----BEGIN CERTIFICATE-----\n',
    });
    expect(names(plan)).toEqual(['ca.pem']);
    expect(plan.decisions.find(({ path }) => path === 'k.txt')?.verdict).toMatchObject({
      list: 'strict',
      rule: 'a private key',
    });
  });

  it('leaves out what holds a private key in compressed form, whatever line names it', async () => {
    const root = folder({ 'p.json': '{}', '.kpluginignore': '!n.zip\n!key.gz\n' });
    writeFileSync(join(root, 'key.gz'), gzipSync(fakePem('PRIVATE KEY')));
    writeFileSync(join(root, 'data.gz'), gzipSync('data'));
    writeFileSync(
      join(root, 'n.zip'),
      makeZip([{ name: 'a/k.pem', text: fakePem('PRIVATE KEY').repeat(20) }]),
    );
    const plan = await planPackage(root);
    expect(names(plan)).toEqual(['data.gz', 'p.json']);
    const out = strictDecisions(plan, 'p').map(strictNote);
    expect(out).toEqual([
      expect.stringContaining('left out key.gz (it holds a private key in compressed form'),
      expect.stringMatching(/^left out n\.zip \(it holds a private key/),
    ]);
  });

  it('says which compressed files were searched in part, and why', async () => {
    const sealed = { name: 'a', content: 'a', flags: 1 };
    const whole = { name: 'b', content: 'b' };
    const root = folder({ 'p.json': '{}' });
    const write = (name: string, bytes: Buffer): void => writeFileSync(join(root, name), bytes);
    write('large.gz', gzipSync(Buffer.alloc(64 * 1024 ** 2 + 1)));
    write('sealed.whl', craftZip({ entries: [whole, sealed] }));
    write('old.jar', craftZip({ entries: [{ ...whole, method: 12 }, whole] }));
    write('fine.whl', craftZip({ entries: [whole, { ...whole, name: 'c', method: 0 }] }));
    write('fine.gz', gzipSync('data'));
    // What is left out needs no word.
    write('.env.gz', gzipSync(fakePem('PRIVATE KEY')));
    const plan = await planPackage(root);
    expect(plan.searchedInPart).toEqual([
      { path: 'large.gz', why: 'limit' },
      { path: 'old.jar', why: 'method' },
      { path: 'sealed.whl', why: 'encrypted' },
    ]);
    expect(searchedInPartNote(plan)).toBe(
      '3 files were searched only in part for private keys and tokens: large.gz (a limit of kplugin ended the search), ' +
        'old.jar (entries of it are compressed in another way than deflate), sealed.whl (entries of it are encrypted); ' +
        'search the rest with a secret scanner',
    );
  });

  it('names a few of those, and counts the rest', async () => {
    const sealed = craftZip({ entries: [{ name: 'a', content: 'a', flags: 1 }] });
    const root = folder({ 'p.json': '{}' });
    expect(searchedInPartNote(await planPackage(root))).toBeNull();
    writeFileSync(join(root, '0.whl'), sealed);
    expect(searchedInPartNote(await planPackage(root))).toMatch(
      /^1 file was searched only in part/,
    );
    for (let at = 1; at < 7; at += 1) writeFileSync(join(root, `${at}.whl`), sealed);
    expect(searchedInPartNote(await planPackage(root))).toMatch(
      /^7 files .*4\.whl \([^)]+\) and 2 more;/,
    );
  });

  it('leaves out what holds a token, unless a line names the file, and says where', async () => {
    const token = `T = "ghp_${repeated('aB3', 36)}"\n`;
    const tree = {
      'p.json': '{}',
      'lib/a.py': token,
      'lib/b.py': `# b\n${token}`,
      'lib/key.py': fakePem('PRIVATE KEY'),
    };
    const plan = await planOf({ ...tree, '.kpluginignore': '!lib/b.py\n!lib/key.py\n!*\n' });
    expect(names(plan)).toContain('lib/b.py');
    expect(names(plan)).not.toContain('lib/a.py');
    expect(names(plan)).not.toContain('lib/key.py');
    const reasons = new Map(plan.decisions.map(({ path, verdict }) => [path, verdict.reason]));
    expect(reasons.get('lib/a.py')).toBe(
      'it holds a GitHub token in line 1; a line of .kpluginignore that names the file (!…) lets it in',
    );
    expect(reasons.get('lib/b.py')).toBe('it holds a GitHub token in line 2');
    expect(reasons.get('lib/key.py')).toMatch(
      'it holds a private key in line 1; kplugin never packs a private key',
    );
  });

  it('packs a program with a likely password, and keeps in mind that it is one', async () => {
    const login = 'mqtt://edge:hunter2@broker.lan:1883';
    const yaml = `default:\n  server: ${login}\n`;
    const plan = await planOf({
      'p.json': '{}',
      'lib/a.py': `URL = "${login}"\n`,
      'sources/p.yaml': yaml,
    });
    expect(names(plan)).toEqual(expect.arrayContaining(['sources/p.yaml', 'lib/a.py']));
    const guesses = plan.decisions.flatMap(({ path, verdict: { guess } }) =>
      guess === undefined ? [] : [[path, guess]],
    );
    // The rule yaml-clear-secret warns of the other.
    expect(guesses).toEqual([['lib/a.py', 'it holds a password in a URL in line 1']]);
  });

  it('says nothing of a likely password in a file that a line names', async () => {
    const text = 'URL = "mqtt://edge:hunter2@broker.lan:1883"\n';
    const lists = { 'p.json': '{}', 'lib/a.py': text, '.kpluginignore': '!lib/a.py\n' };
    const { decisions } = await planOf(lists);
    const own = decisions.find(({ path }) => path === 'lib/a.py')?.verdict;
    expect(own).toMatchObject({ packed: true, list: '.kpluginignore', line: 1 });
    expect(own?.guess).toBeUndefined();
  });

  it('leaves out what a link leads to', async () => {
    const root = folder({ '.aws/credentials': 'x', 'p.json': '{}' });
    symlinkSync('.aws/credentials', join(root, 'settings.ini'));
    const plan = await planPackage(root);
    expect(plan.decisions.find(({ path }) => path === 'settings.ini')?.verdict).toMatchObject({
      packed: false,
      rule: '.aws/',
    });
  });

  it.each([
    ['cfg', '.config', 'gcloud/creds.db', '.config/gcloud/'],
    ['dk', '.docker', 'config.json', '.docker/config.json'],
    ['m', '.m2', 'settings.xml', '.m2/settings*.xml'],
  ])('leaves out what lies below the link %s to %s: %s', async (link, target, path, rule) => {
    const root = folder({ [`${target}/${path}`]: 'x', [`${target}/other.txt`]: 'x' });
    symlinkSync(target, join(root, link));
    const plan = await planPackage(root);
    expect(names(plan)).toContain(`${link}/other.txt`);
    expect(names(plan)).not.toContain(`${link}/${path}`);
    const verdicts = plan.decisions.filter(({ path: at }) => `${link}/${path}`.startsWith(at));
    expect(verdicts.at(-1)?.verdict).toMatchObject({ packed: false, list: 'strict', rule });
  });

  it('finds a private key in any part of a large file, a text or not', async () => {
    const padding = Buffer.alloc(17 * 1024 ** 2, 'x = 1\n');
    const binary = Buffer.alloc(17 * 1024 ** 2, Buffer.from([0, 1, 2, 3]));
    const key = fakePem('PRIVATE KEY');
    const plan = await planOf({
      'late.txt': Buffer.concat([padding, Buffer.from(key)]),
      'late.bin': Buffer.concat([binary, Buffer.from(key)]),
      // The header ends the first piece, the key begins the second.
      'torn.bin': Buffer.concat([binary.subarray(0, 16 * 1024 ** 2 - 40), Buffer.from(`${key}\0`)]),
      'none.txt': padding,
      'none.bin': binary,
    });
    expect(names(plan)).toEqual(['none.bin', 'none.txt']);
  });

  it('takes in what the manifest declares, whatever it is called', async () => {
    const plan = await planOf({
      'p.json': '{"language":"python","executable":"core","sources":["secrets"]}',
      core: '#!/usr/bin/python3\n',
      'sources/secrets.yaml': 'default:\n',
      'secrets.yaml': 'x',
    });
    expect(names(plan)).toEqual(['core', 'p.json', 'sources/', 'sources/secrets.yaml']);
  });

  it('leaves out the file that is being written', async () => {
    const root = folder({ 'a.txt': 'x', 'out.bin': 'x' });
    expect(names(await planPackage(root, { exclude: [join(root, 'out.bin')] }))).toEqual(['a.txt']);
  });

  it('says which directory it cannot read', async () => {
    await expect(planPackage(join(folder(), 'gone'))).rejects.toMatchObject({
      code: 'project-unreadable',
      exit: 2,
    });
  });

  it('does not take a folder for a list', async () => {
    const root = folder({ 'a.txt': 'x' });
    mkdirSync(join(root, '.kpluginignore'));
    expect(names(await planPackage(root))).toEqual(['a.txt']);
  });

  it('finds nothing wrong with a good project', async () => {
    expect((await planOf(GOOD_PROJECT)).problems).toEqual([]);
  });
});

describeOnUnix('links and special files', () => {
  it('knows the file that is being written through a link to its folder', async () => {
    const root = folder({ 'p/a.txt': 'x', 'p/out.bin': 'x', door: { link: 'p' } });
    const plan = await planPackage(join(root, 'p'), { exclude: [join(root, 'door/out.bin')] });
    expect(names(plan)).toEqual(['a.txt']);
  });

  it('follows links inside the project, to files and folders', async () => {
    const plan = await planOf({
      'lib/a.py': 'x',
      'lib/deep/b.py': 'x',
      'link.py': { link: 'lib/a.py' },
      again: { link: 'lib' },
    });
    expect(plan.problems).toEqual([]);
    expect(names(plan)).toEqual([
      'again/',
      'again/a.py',
      'again/deep/',
      'again/deep/b.py',
      'lib/',
      'lib/a.py',
      'lib/deep/',
      'lib/deep/b.py',
      'link.py',
    ]);
    expect(plan.entries.every(({ kind }) => kind !== undefined)).toBe(true);
  });

  it.each<[string, Tree, string, RegExp]>([
    ['outside', { x: { link: '/etc/hosts' } }, 'symlink-outside', /a link to .*hosts/],
    ['to the folder above', { 'a/x': { link: '../..' } }, 'symlink-outside', /outside/],
    ['to nothing', { x: { link: 'gone' } }, 'unreadable', /not there/],
    ['to itself', { x: { link: 'x' } }, 'unreadable', /./],
    ['in a circle', { 'a/x': { link: '../b' }, 'b/y': { link: '../a' } }, 'unreadable', /lies in/],
    ['to its own folder', { 'a/b/x': { link: '..' } }, 'unreadable', /lies in/],
  ])('refuses a link %s', async (_name, tree, kind, detail) => {
    const { problems } = await planOf(tree);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect(problem).toMatchObject({ kind, detail: expect.stringMatching(detail) });
    }
  });

  it('does not mind what an ignored link leads to', async () => {
    const plan = await planOf({ x: { link: '/etc/hosts' }, '.kpluginignore': 'x' });
    expect(plan).toMatchObject({ entries: [], problems: [] });
  });

  it('does not let a link lead around the strict set', async () => {
    const plan = await planOf({ '.env': 'SECRET=1', 'settings.txt': { link: '.env' } });
    expect(names(plan)).toEqual([]);
  });

  it('refuses a pipe without opening it', async () => {
    const root = folder({ 'a.txt': 'x' });
    spawnSync('mkfifo', [join(root, 'pipe')]);
    expect((await planPackage(root)).problems).toMatchObject([
      { kind: 'unreadable', entry: 'pipe' },
    ]);
  });

  it('refuses a link to a pipe without opening it', async () => {
    const root = folder({ 'a.txt': 'x' });
    spawnSync('mkfifo', [join(root, '.pipe')]);
    symlinkSync('.pipe', join(root, 'link'));
    expect((await planPackage(root)).problems).toContainEqual({
      kind: 'unreadable',
      entry: 'link',
      detail: 'is a link to a socket, pipe or device',
    });
  });

  it('refuses a link that is not UTF-8, and looks at the rest', async () => {
    const root = folder({ 'a.txt': 'x' });
    symlinkSync(Buffer.from([0xff]), join(root, 'link'));
    const plan = await planPackage(root);
    expect(names(plan)).toEqual(['a.txt']);
    expect(plan.problems).toMatchObject([
      { entry: 'link', detail: expect.stringContaining('not there') },
    ]);
  });

  it.runIf(process.platform === 'linux')(
    'tells the code page of names that are not UTF-8, detected together, and opens no such file',
    async () => {
      const root = folder({
        'a.txt': 'x',
        '数/b.txt': '',
        '数/💀�': '',
        '.kpluginignore': '*.log\n',
      });
      const at = (name: string | readonly number[]): Buffer =>
        Buffer.concat([Buffer.from(`${root}/数/`), Buffer.from(name)]);
      const model = [0xc4, 0xa3, 0xd0, 0xcd];
      writeFileSync(at([...model, 0x2e, 0x6f]), 'x');
      writeFileSync(at([0xd0, 0xcd, 0x2e, 0x6c, 0x6f, 0x67]), 'left out by its kind');
      symlinkSync('nowhere', at([0xca, 0xfd, 0xbe, 0xdd, 0x31]));
      mkdirSync(at([0xca, 0xfd, 0xbe, 0xdd]));
      writeFileSync(Buffer.concat([at([0xca, 0xfd, 0xbe, 0xdd]), Buffer.from('/inside')]), 'x');
      symlinkSync(at([...model, 0x2e, 0x6f]), join(root, 'link'));
      const plan = await planPackage(root);
      expect(names(plan)).toEqual(['a.txt', '数/', '数/b.txt', '数/💀�']);
      const gbk = { kind: 'foreign-name', encodings: ['gbk'] };
      const found = [...plan.problems].sort((a, b) => compareText(a.detail, b.detail));
      expect(found).toMatchObject([
        {
          kind: 'unreadable',
          entry: 'link',
          detail: 'is a link to 数/ģ\udcd0\udccd.o, a name that is not UTF-8',
        },
        {
          ...gbk,
          entry: '数/\udcca\udcfd\udcbe\udcdd',
          detail: expect.stringMatching(/probably GBK .*: "数据"$/),
        },
        {
          ...gbk,
          entry: '数/\udcca\udcfd\udcbe\udcdd1',
          detail: expect.stringMatching(/: "数据1"$/),
        },
        { ...gbk, entry: '数/ģ\udcd0\udccd.o', detail: expect.stringMatching(/: "模型.o"$/) },
        { kind: 'bad-name', entry: '数/💀�' },
      ]);
    },
  );

  it('goes up from where a link leads, as the system does', async () => {
    const plan = await planOf({
      x: 'wrong',
      'other/x': 'right',
      'other/sub/y': '',
      link: { link: 'other/sub' },
      up: { link: 'link/../x' },
    });
    const content = await plan.entries.find(({ path }) => path === 'up')?.content?.bytes();
    expect(String(content)).toBe('right');
  });

  it('ends where links to folders bring the same files without end', async () => {
    const root = folder({ 'd30/x': '', 'z.txt': 'x' });
    for (let at = 0; at < 30; at += 1) {
      mkdirSync(join(root, `d${at}`));
      for (const link of ['a', 'b']) symlinkSync(`../d${at + 1}`, join(root, `d${at}`, link));
    }
    const plan = await planPackage(root);
    expect(names(plan)).toContain('z.txt');
    expect(plan.problems).toContainEqual({
      kind: 'too-many-entries',
      entry: null,
      detail: expect.stringMatching(/^links lead to the same folders again and again/),
    });
  }, 180_000);

  it('follows folder after folder as far as a system does', async () => {
    const root = folder({ '60/x': '' });
    for (let at = 0; at < 60; at += 1) {
      mkdirSync(join(root, `${at}`));
      symlinkSync(`../${at + 1}`, join(root, `${at}`, 'n'));
    }
    const plan = await planPackage(root);
    expect(names(plan)).toContain(`20${'/n'.repeat(40)}/x`);
    expect(plan.problems).toHaveLength(20);
    expect(plan.problems).toContainEqual({
      kind: 'unreadable',
      entry: `19${'/n'.repeat(41)}`,
      detail: 'is reached over 40 links, and no system follows more',
    });
  });

  it('reads a file once, however many links lead to it', async () => {
    const root = folder({ 'big.gz': gzipSync(Buffer.alloc(20 * 1024 ** 2)) });
    for (let at = 0; at < 5000; at += 1) symlinkSync('big.gz', join(root, `a${at}`));
    const { entries } = await planPackage(root);
    // The file itself is read once more.
    expect(new Set(entries.map(({ content }) => content)).size).toBe(2);
  });

  it('refuses names that other systems cannot hold', async () => {
    const root = folder();
    for (const name of ['a\\b', 'nul.txt', 'x\ty', 'Same', 'same'])
      writeFileSync(join(root, name), '');
    symlinkSync('Same', join(root, 'tail.'));
    const { problems } = await planPackage(root);
    expect(problems.map(({ kind, entry }) => [kind, entry]).sort()).toEqual([
      ['backslash-name', 'a\\b'],
      ['bad-name', 'nul.txt'],
      ['bad-name', 'tail.'],
      ['bad-name', 'x\ty'],
      ['case-conflict', 'same'],
    ]);
  });
});

describe('a package that lies in the project', () => {
  const older = makeZip([
    { name: 'main.py', text: 'x' },
    { name: 'p.json', text: MANIFEST },
  ]);

  it('is left out whatever its name is, unless a line names it', async () => {
    const plan = await planOf({
      ...GOOD_PROJECT,
      'sub.txt': older,
      'kept.bin': older,
      '.kpluginignore': '!kept.bin\n',
    });
    expect(names(plan)).not.toContain('sub.txt');
    expect(names(plan)).toContain('kept.bin');
    const decision = plan.decisions.find(({ path }) => path === 'sub.txt');
    expect(decision?.verdict).toMatchObject({ packed: false, rule: 'a plugin package' });
  });

  it.each([
    ['a zip of data', makeZip([{ name: 'data.json', text: '{"a":1}' }])],
    ['the manifest in a folder', makeZip([{ name: 'x/p.json', text: MANIFEST }])],
    ['no zip', Buffer.from('PK\x03\x04 and no more')],
  ])('is not %s', async (_, bytes) => {
    expect(names(await planOf({ ...GOOD_PROJECT, 'sub.txt': bytes }))).toContain('sub.txt');
  });
});

describe('a report of kplugin test', () => {
  const report = junitXml([]);

  it('is left out whatever its name is, unless a line names it', async () => {
    const plan = await planOf({
      ...GOOD_PROJECT,
      'out/report.txt': report,
      'kept.xml': report,
      'of-pytest.xml': report.replace('kplugin test', 'pytest tests'),
      '.kpluginignore': '!kept.xml\n',
    });
    expect(names(plan)).not.toContain('out/report.txt');
    expect(names(plan)).toEqual(expect.arrayContaining(['kept.xml', 'of-pytest.xml']));
    expect(strictDecisions(plan, 'p').map(strictNote)).toEqual([
      'left out out/report.txt (a test report: kplugin test --junit wrote it, and no plugin needs it)',
    ]);
  });
});

describe('a manifest of 1 MB', () => {
  it.each([
    ['one name of half a million folders', ['a/'.repeat(490_000)]],
    ['thousands of deep names', Array.from({ length: 7000 }, (_, n) => `${'a/'.repeat(60)}${n}`)],
  ])('%s: takes in what it declares and no more', { timeout: 180_000 }, async (_name, sources) => {
    const manifest = JSON.stringify({ language: 'python', executable: 'main.py', sources });
    const deep = `sources/${'a/'.repeat(60)}5.json`;
    const plan = await planOf({
      'p.json': manifest,
      'main.py': '',
      [deep]: '{}',
      '.kpluginignore': 'sources/\n',
    });
    const isDeclared = sources.length > 1;
    expect(plan.entries.some(({ path }) => path === deep)).toBe(isDeclared);
  });
});
