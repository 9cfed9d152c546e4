import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openZipView } from '../../src/package/zip-view.ts';
import { kplugin } from '../bin/run.ts';
import { craftZip, manyFiles } from '../fixtures/crafted-zip.ts';
import { fakePem, repeated } from '../fixtures/fake-secrets.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { steady } from './steady.ts';

const folder = temporaryFolders();
const PROJECT = {
  ...GOOD_PROJECT,
  'lib/helper.py': 'x = 1\n',
  'lib/__pycache__/helper.pyc': 'x',
  'notes.txt': 'n',
  '.env': 'SECRET=1',
  '.kpluginignore': '# not for eKuiper\n\nnotes.txt\n',
};
const WRAPPED = makeZip([
  { name: 'probe/', dir: true },
  ...Object.entries(GOOD_PROJECT).map(([name, text]) => ({
    name: `probe/${name}`,
    text: String(text),
  })),
]);

/** A folder holding the project in `probe/`. */
const work = (more = {}) =>
  folder(
    Object.fromEntries(Object.entries({ ...PROJECT, ...more }).map(([k, v]) => [`probe/${k}`, v])),
  );

describe('pack', () => {
  it('prints the path on stdout and the report on stderr', async () => {
    const cwd = work();
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run).toMatchObject({ code: 0, stdout: 'probe-1.0.0.zip\n' });
    await expect(steady(run.stderr)).toMatchFileSnapshot('golden/pack.txt');
    expect(readdirSync(cwd).sort()).toEqual(['probe', 'probe-1.0.0.zip']);
  });

  it('says what happened to the file that was there', async () => {
    const cwd = work();
    await kplugin(['pack', 'probe'], { cwd });
    const same = await kplugin(['pack', 'probe'], { cwd });
    expect(same.stderr).toContain('unchanged');
    writeFileSync(join(cwd, 'probe/lib/helper.py'), 'x = 2\n');
    const other = await kplugin(['pack', 'probe'], { cwd });
    expect(other.stderr).toContain('a file with another content was replaced');
  });

  it('says which files were searched in part for secrets', async () => {
    const cwd = folder(GOOD_PROJECT);
    const sealed = craftZip({ entries: [{ name: 'a', content: 'a', flags: 1 }] });
    writeFileSync(join(cwd, 'lib.whl'), sealed);
    const note = '1 file was searched only in part for private keys and tokens: lib.whl (';
    expect((await kplugin(['pack'], { cwd })).stderr).toContain(note);
    expect((await kplugin(['pack', '-o', '-'], { cwd })).stderr).toContain(note);
    for (const flag of ['--dry-run', '--explain']) {
      expect((await kplugin(['pack', flag], { cwd })).stdout).toContain(note);
    }
    for (const flags of [[], ['--dry-run'], ['--explain']]) {
      const { stdout } = await kplugin(['pack', ...flags, '--json'], { cwd });
      const { searchedInPart } = JSON.parse(stdout).data;
      expect(searchedInPart).toEqual([{ path: 'lib.whl', why: 'encrypted' }]);
    }
  });

  it('does not pack the package that it wrote before', async () => {
    const cwd = folder(GOOD_PROJECT);
    const [first, second] = [
      await kplugin(['pack', '-o', 'out.bin', '--json'], { cwd }),
      await kplugin(['pack', '-o', 'out.bin', '--json'], { cwd }),
    ].map(({ stdout }) => JSON.parse(stdout).data);
    expect(second).toEqual({ ...first, result: 'unchanged' });
  });

  it('gives one envelope under --json', async () => {
    const cwd = work();
    const { stdout, stderr, code } = await kplugin(['pack', 'probe', '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      command: 'pack',
      error: null,
      data: {
        file: join(cwd, 'probe-1.0.0.zip'),
        result: 'new',
        name: 'probe',
        version: '1.0.0',
        language: 'python',
        arch: null,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        entries: expect.arrayContaining([
          { path: 'main.py', kind: 'file', mode: '0755', size: 15, sha256: expect.any(String) },
          { path: 'lib', kind: 'directory', mode: '0755', size: 0, sha256: null },
        ]),
        findings: [],
      },
    });
  });

  it('writes into a directory, and the same bytes to stdout', async () => {
    const cwd = work();
    const out = folder();
    const { stdout } = await kplugin(['pack', 'probe', '-o', out], { cwd });
    expect(stdout).toBe(`${join(out, 'probe-1.0.0.zip')}\n`);
    const piped = await kplugin(['pack', 'probe', '-o', '-', '--quiet'], { cwd });
    expect(piped.code).toBe(0);
    expect(piped.stdout.startsWith('PK')).toBe(true);
  });

  it.each([['--dry-run'], ['--explain']])('%s writes nothing', async (flag) => {
    const cwd = work();
    const run = await kplugin(['pack', 'probe', flag], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    await expect(run.stdout).toMatchFileSnapshot(`golden/pack${flag}.txt`);
    expect(readdirSync(cwd)).toEqual(['probe']);
  });

  it.each([
    ['nothing', {}, ''],
    ['other files', { 'a.txt': 'a' }, 'in   a.txt  everything: no rule leaves it out\n\n'],
  ])(
    '--explain says of a folder with %s that it is no plugin, as pack does',
    async (_, files, lines) => {
      const cwd = folder(files);
      const whole = await kplugin(['pack'], { cwd });
      const run = await kplugin(['pack', '--explain'], { cwd });
      expect(run).toMatchObject({ code: 1, stderr: '' });
      expect(run.stdout).toContain('[manifest-missing]');
      expect(`${run.stdout}\n1 error; nothing was packed\n`).toBe(lines + whole.stdout);
      const { ok, error } = JSON.parse(
        (await kplugin(['pack', '--explain', '--json'], { cwd })).stdout,
      );
      expect({ ok, rules: error.findings.map(({ rule }: { rule: string }) => rule) }).toEqual({
        ok: false,
        rules: ['manifest-missing'],
      });
    },
  );

  it('explains every file under --json', async () => {
    const { stdout } = await kplugin(['pack', 'probe', '--explain', '--json'], { cwd: work() });
    expect(JSON.parse(stdout).data.decisions).toContainEqual({
      path: 'notes.txt',
      packed: false,
      list: '.kpluginignore',
      line: 3,
      rule: 'notes.txt',
    });
  });

  it('explains a file that is packed though it looks like a secret', async () => {
    const cwd = work();
    const settings = 'mqtt:\n  password: hK7-bvQ2mm\n';
    writeFileSync(join(cwd, 'probe/settings.yaml'), settings);
    const { stdout } = await kplugin(['pack', 'probe', '--explain', '--json'], { cwd });
    expect(JSON.parse(stdout).data.decisions).toContainEqual(
      expect.objectContaining({
        path: 'settings.yaml',
        packed: true,
        guess: 'it holds a password in clear text in line 2',
      }),
    );
  });

  it('compares under --check: exit 1 and what differs', async () => {
    const cwd = work();
    expect((await kplugin(['pack', 'probe', '--check'], { cwd })).code).toBe(2);
    await kplugin(['pack', 'probe'], { cwd });
    expect((await kplugin(['pack', 'probe', '--check'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'probe/main.py'), 'print("other")\n');
    const before = readFileSync(join(cwd, 'probe-1.0.0.zip'));
    expect(await kplugin(['pack', 'probe', '--check'], { cwd })).toMatchObject({
      code: 1,
      stdout: 'main.py has another content\n',
    });
    expect(readFileSync(join(cwd, 'probe-1.0.0.zip')).equals(before)).toBe(true);
  });

  it('packs nothing with errors, and shows them all', async () => {
    const cwd = work({ 'probe.json': '{"language":"python","executable":"gone.py"}' });
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/executable-not-packed[\s\S]*nothing was packed/);
    expect(readdirSync(cwd)).toEqual(['probe']);
    const json = JSON.parse((await kplugin(['pack', 'probe', '--json'], { cwd })).stdout);
    expect(json).toMatchObject({ ok: false, error: { code: 'findings' } });
    expect(json.data.findings.length).toBe(json.error.findings.length);
  });

  it.each([
    ['a missing project', ['pack', 'gone'], 'plugin-not-found'],
    ['a zip for a project', ['pack', 'probe/lib/helper.py'], 'not-a-project'],
    [
      '--name-encoding without --from',
      ['pack', 'probe', '--name-encoding', 'gbk'],
      'usage-conflict',
    ],
    ['--from and a project', ['pack', 'probe', '--from', 'x.zip'], 'usage-conflict'],
    ['two ways of looking', ['pack', 'probe', '--check', '--dry-run'], 'usage-conflict'],
    ['stdout twice', ['pack', 'probe', '-o', '-'], 'usage-conflict'],
    [
      'a directory below a file',
      ['pack', 'probe', '-o', 'probe/probe.json/x/'],
      'output-unwritable',
    ],
    ['a file in one that is not there', ['pack', 'probe', '-o', 'gone/x.zip'], 'output-unwritable'],
    ['no version of eKuiper', ['pack', 'probe', '--target', 'new'], 'target-unknown'],
    ['a wrong date', ['pack', 'probe'], 'source-date-epoch-invalid'],
  ])('answers %s with exit 2', async (_name, argv, code) => {
    const env = code.startsWith('source') ? { SOURCE_DATE_EPOCH: 'now' } : {};
    const run = await kplugin([...argv, '--json'], { cwd: work(), env });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout).error).toMatchObject({ code, hint: expect.stringMatching(/./) });
  });

  it('makes the directory that -o ends with a slash for, and nothing when there are errors', async () => {
    const cwd = work();
    const run = await kplugin(['pack', 'probe', '-o', 'dist/ready/'], { cwd });
    expect(run).toMatchObject({ code: 0, stdout: `${join('dist', 'ready', 'probe-1.0.0.zip')}\n` });
    const wrong = work({ 'probe.json': '{"language":"python","executable":"gone.py"}' });
    await kplugin(['pack', 'probe', '-o', 'dist/'], { cwd: wrong });
    expect(readdirSync(wrong)).toEqual(['probe']);
  });

  it('lets SOURCE_DATE_EPOCH set the dates', async () => {
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const cwd = work();
    const dated = JSON.parse((await kplugin(['pack', 'probe', '--json'], { cwd, env })).stdout);
    const plain = JSON.parse((await kplugin(['pack', 'probe', '--json'], { cwd })).stdout);
    expect(dated.data.sha256).not.toBe(plain.data.sha256);
    expect(dated.data.contentDigest).toBe(plain.data.contentDigest);
  });
});

describe('secrets and zips', () => {
  const SECRETS = {
    'secrets.json': '{}',
    'models/policy.zip': 'PK',
    'old.zip': 'PK',
    '.aws/credentials': 'x',
  };
  const packed = async (cwd: string) => {
    const { entries } = await openZipView(join(cwd, 'probe-1.0.0.zip'));
    return entries.flatMap(({ path, kind }) => (kind === 'file' ? [path] : []));
  };

  it('are left out, each with a line, also where a general line lets everything in', async () => {
    const cwd = work({ ...SECRETS, '.kpluginignore': '!*\n!**/*\n' });
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run.stderr).toContain(
      '  left out .aws/ (.aws/: such folders often hold AWS credentials)\n',
    );
    expect(run.stderr).toContain(
      '  left out secrets.json (secrets.*: such files often hold passwords)\n',
    );
    expect(run.stderr).toContain(
      '  left out models/policy.zip (*.zip: such files are most often older packages)',
    );
    expect(run.stderr).toContain(
      '  to pack one of them nevertheless, name it: the line !.aws/ in .kpluginignore, or ".aws/" in "files"',
    );
    const json = JSON.parse((await kplugin(['pack', 'probe', '--json'], { cwd })).stdout);
    expect(json.data.leftOut.map(({ path }: { path: string }) => path)).toEqual([
      '.aws/',
      '.env',
      'models/policy.zip',
      'old.zip',
      'secrets.json',
    ]);
    expect(await packed(cwd)).not.toContain('secrets.json');
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    [
      'a zip that install.sh and the program use',
      {
        'install.sh': 'cur=$(dirname "$0")\nunzip -o $cur/old.zip -d $cur/sdk\n',
        'main.py': 'import zipfile\nzipfile.ZipFile(HERE / "models" / "policy.zip")\n',
      },
      'install-sh-missing-file,program-file-left-out',
      /names models\/policy\.zip, which is left out[\s\S]*the line !models\/policy\.zip into/,
    ],
    [
      'a name of another file',
      {
        'install.sh': 'pip install -r requirement.txt\nsh ./setup/post.sh\n',
        'requirements.txt': 'numpy\n',
      },
      'install-sh-missing-file,install-sh-missing-file',
      /Did you mean requirements\.txt\?/,
    ],
    [
      'a pointer of Git LFS',
      {
        'models/m.onnx': `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 9\n`,
      },
      'pointer-packed',
      /git lfs pull/,
    ],
    [
      'a module that holds a token',
      { 'lib/client.py': `T = "ghp_${repeated('aB3', 36)}"\n` },
      'program-file-left-out',
      /a GitHub token[\s\S]*left out lib\/client\.py \(it holds a GitHub token in line 1/,
    ],
  ])('are told before they fail on the box: %s', async (_name, files, rules, told) => {
    const cwd = work({ ...SECRETS, ...files });
    const run = await kplugin(['validate', 'probe', '--strict', '--json'], { cwd });
    const { findings } = JSON.parse(run.stdout).data;
    const warnings = findings.filter(
      ({ severity }: { severity: string }) => severity === 'warning',
    );
    expect(warnings.map(({ rule }: { rule: string }) => rule).join()).toBe(rules);
    expect(run.code).toBe(1);
    const pack = await kplugin(['pack', 'probe'], { cwd });
    expect(pack.code).toBe(0);
    expect(pack.stderr).toMatch(told);
  });

  it('never packs a program that holds a key, and says why', async () => {
    const main = `KEY = """${fakePem('PRIVATE KEY')}"""\n`;
    const cwd = work({ 'main.py': main, '.kpluginignore': '!main.py\n' });
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('is left out (it holds a private key). Put the key on the box');
    expect(readdirSync(cwd)).toEqual(['probe']);
  });

  it.each([
    ['.kpluginignore', { '.kpluginignore': '!real.p12\n' }],
    ['files', { '.kplugin.json': '{"files":["*.p12","*.json","*.py","sinks/"]}' }],
  ])('never packs a PKCS#12 store, even when %s names it', async (_, lines) => {
    const store = Buffer.from('308209dc0201033082098606092a864886f70d010701a0820977', 'hex');
    const cwd = work(lines);
    writeFileSync(join(cwd, 'probe/real.p12'), store);
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run.stderr).toContain(
      '  left out real.p12 (it is a PKCS#12 key store; kplugin never packs one, because it may hold a private key',
    );
    expect(await packed(cwd)).not.toContain('real.p12');
  });

  it.each([
    ['line 1 of .kpluginignore', { '.kpluginignore': '!models/policy.zip\n!secrets.json\n' }],
    [
      '"files" entry 4 of .kplugin.json',
      {
        '.kplugin.json': '{"files":["*.json","*.py","sinks/","models/policy.zip","secrets.json"]}',
      },
    ],
  ])('are packed when %s names them, and it says so', async (place, lines) => {
    const cwd = work({ ...SECRETS, ...lines });
    const run = await kplugin(['pack', 'probe'], { cwd });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(`  packed models/policy.zip because ${place} names it (`);
    expect(run.stderr).toMatch(
      / {2}packed secrets.json because (?:line 2|"files" entry 5) of \.kplugin/,
    );
    expect(run.stderr).toContain('  left out old.zip (*.zip');
    expect(await packed(cwd)).toEqual(
      expect.arrayContaining(['models/policy.zip', 'secrets.json']),
    );
    const explain = await kplugin(['pack', 'probe', '--explain'], { cwd });
    expect(explain.stdout).toMatch(
      /in {3}models\/policy\.zip +(?:\S+:\d+|"files" entry 4 of \.kplugin\.json:) ".*models\/policy\.zip": such/,
    );
  });
});

describe('pack --from', () => {
  it('fixes a wrong zip and says how', async () => {
    const cwd = folder({ 'wrong.zip': WRAPPED });
    const run = await kplugin(['pack', '--from', 'wrong.zip'], { cwd });
    expect(run).toMatchObject({ code: 0, stdout: 'probe-1.0.0.zip\n' });
    await expect(steady(run.stderr)).toMatchFileSnapshot('golden/pack-from.txt');
    const view = await openZipView(join(cwd, 'probe-1.0.0.zip'));
    expect(view.entries.map(({ rawName }) => rawName)).toEqual([
      'main.py',
      'probe.json',
      'sinks/',
      'sinks/probe_sink.json',
    ]);
  });

  it('gives what the project itself gives', async () => {
    const cwd = folder({ 'wrong.zip': WRAPPED });
    const fixed = await kplugin(['pack', '--from', 'wrong.zip', '--json'], { cwd });
    const packed = await kplugin(['pack', folder(GOOD_PROJECT), '--json'], { cwd });
    expect(JSON.parse(fixed.stdout).data.sha256).toBe(JSON.parse(packed.stdout).data.sha256);
  });

  it('does not replace what it reads', async () => {
    const cwd = folder({ 'probe-1.0.0.zip': WRAPPED });
    const run = await kplugin(['pack', '--from', 'probe-1.0.0.zip', '--json'], { cwd });
    expect(JSON.parse(run.stdout).error.code).toBe('output-is-input');
    expect(readFileSync(join(cwd, 'probe-1.0.0.zip')).equals(WRAPPED)).toBe(true);
  });

  it('refuses what cannot be fixed, and writes nothing', async () => {
    const evil = makeZip([
      { name: 'probe.json', text: '{}' },
      { name: '../x', text: 'x' },
    ]);
    const cwd = folder({ 'evil.zip': evil });
    const run = await kplugin(['pack', '--from', 'evil.zip'], { cwd });
    expect(run.code).toBe(1);
    expect(readdirSync(cwd)).toEqual(['evil.zip']);
    expect(existsSync(join(cwd, '../x'))).toBe(false);
  });
});

describe('pack --from a zip that cannot be packed', () => {
  const MANIFEST = { name: 'p.json', content: '{"language":"python","executable":"main.py"}' };
  const PROGRAM = { name: 'main.py', content: 'print(1)\n' };
  const damaged = { central: { crc: 1 } };

  it.each<[string, Buffer, string]>([
    [
      'a wrong checksum',
      craftZip({ entries: [MANIFEST, { ...PROGRAM, ...damaged }] }),
      'entry-damaged',
    ],
    [
      'a damaged manifest',
      craftZip({ entries: [{ ...MANIFEST, ...damaged }, PROGRAM] }),
      'entry-damaged',
    ],
    [
      'encryption',
      craftZip({ entries: [MANIFEST, { ...PROGRAM, ...damaged, flags: 1 }] }),
      'entry-encrypted',
    ],
    [
      'another compression',
      craftZip({ entries: [MANIFEST, { ...PROGRAM, method: 14 }] }),
      'unsupported-compression',
    ],
    [
      'two tables of contents',
      craftZip({ entries: [MANIFEST, PROGRAM], zip64: { records: 9n } }),
      'zip-ambiguous',
    ],
    [
      'a file above another',
      craftZip({ entries: [MANIFEST, PROGRAM, { name: 'main.py/x' }] }),
      'file-and-folder',
    ],
    ['too many entries', manyFiles(100_001), 'zip-too-big'],
    ['no end', craftZip({ entries: [MANIFEST, PROGRAM] }).subarray(0, -5), 'not-a-zip'],
  ])('%s is a finding, and nothing is written', async (_title, zip, rule) => {
    const cwd = folder({ 'x.zip': zip });
    const run = await kplugin(['pack', '--from', 'x.zip', '-o', 'o.zip'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain(`[${rule}]`);
    expect(existsSync(join(cwd, 'o.zip'))).toBe(false);
  });
});

it('-o that names a file of the project changes nothing', async () => {
  const cwd = work();
  const before = readFileSync(join(cwd, 'probe/lib/helper.py'), 'utf8');
  const run = await kplugin(['pack', 'probe', '-o', 'probe/lib/helper.py'], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('error: -o names a file of the project: probe/lib/helper.py');
  expect(readFileSync(join(cwd, 'probe/lib/helper.py'), 'utf8')).toBe(before);
});

it('-o with an empty name is refused: a variable of a script may not be set', async () => {
  const { code, stderr } = await kplugin(['pack', 'hello', '-o', '']);
  expect(code).toBe(2);
  expect(stderr).toContain('error: -o is empty: it names no file and no directory\n');
});
