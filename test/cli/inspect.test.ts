import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { craftZip, manyFiles } from '../fixtures/crafted-zip.ts';
import { bomb } from '../fixtures/hostile-zip.ts';
import { makeZip } from '../fixtures/make-zip.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { steady } from './steady.ts';

const folder = temporaryFolders();

async function packed(): Promise<string> {
  const cwd = folder({
    ...Object.fromEntries(Object.entries(GOOD_PROJECT).map(([k, v]) => [`probe/${k}`, v])),
    'probe/install.sh': 'pip install requests\n',
    'probe/model.bin': Buffer.alloc(1_500_000),
  });
  await kplugin(['pack', 'probe'], { cwd });
  return cwd;
}

describe('inspect', () => {
  it('shows a package on one screen', async () => {
    const cwd = await packed();
    const run = await kplugin(['inspect', 'probe-1.0.0.zip'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    await expect(steady(run.stdout)).toMatchFileSnapshot('golden/inspect.txt');
  });

  it('says the same about stdin, and about the project but for the zip itself', async () => {
    const cwd = await packed();
    const data = async (argv: string[]) =>
      JSON.parse((await kplugin([...argv, '--json'], { cwd })).stdout).data;
    const zip = await data(['inspect', 'probe-1.0.0.zip']);
    const stdin = spawnSync(process.execPath, [BIN, 'inspect', '-', '--json'], {
      cwd,
      env: cleanEnv(),
      input: readFileSync(join(cwd, 'probe-1.0.0.zip')),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdin.stdout).data).toEqual({ ...zip, label: 'stdin' });
    const project = await data(['inspect', 'probe']);
    expect(project).toMatchObject({ zip: null, contentDigest: zip.contentDigest });
  });

  it.each<[string, Buffer, string]>([
    ['flaw', makeZip([{ name: '../../x', text: 'x' }]), 'entry-escapes'],
    ['a bomb', bomb(150 * 1024 ** 2), 'zip-too-big'],
    ['duplicates', makeZip([{ name: 'a' }, { name: 'a' }]), 'duplicate-entry'],
    [
      'encryption',
      craftZip({ entries: [{ name: 'a', content: 'x', flags: 1, central: { crc: 1 } }] }),
      'entry-encrypted',
    ],
    ['a cut', makeZip([{ name: 'a', text: 'x' }]).subarray(0, 60), 'not-a-zip'],
    ['100,001 entries', manyFiles(100_001), 'zip-too-big'],
    ['NUL', makeZip([{ name: 'a\u0000b' }]), 'bad-entry-name'],
    ['no zip', Buffer.from('hello'), 'not-a-zip'],
  ])('refuses %s with a finding', async (_name, zip, rule) => {
    const cwd = folder({ 'x.zip': zip });
    const run = await kplugin(['inspect', 'x.zip', '--json'], { cwd });
    expect(run.code).toBe(1);
    const { ok, error } = JSON.parse(run.stdout);
    expect(ok).toBe(false);
    expect(error.findings.map((finding: { rule: string }) => finding.rule)).toContain(rule);
  });

  it('never sends a stranger’s control characters to the terminal', async () => {
    const zip = makeZip([
      {
        name: 'p.json',
        text: '{"version":"\\u001b[2J","language":"python","executable":"\\u001b]0;x"}',
      },
      { name: 'install.sh', text: 'echo \u001b[31mhi\u0007\n' },
      { name: 'a\u001b[2Jb', text: 'x' },
    ]);
    const { stdout } = await kplugin(['inspect', 'x.zip'], { cwd: folder({ 'x.zip': zip }) });
    expect(stdout).toContain('\\x1b[31mhi\\x07');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u0007');
  });

  it('has raw names where the order says nothing', async () => {
    const zip = makeZip([
      { name: './a/b.txt', text: 'x' },
      { name: 'a/', dir: true },
    ]);
    const { stdout } = await kplugin(['inspect', 'x.zip'], { cwd: folder({ 'x.zip': zip }) });
    expect(stdout).toContain('  ./a/b.txt\n');
  });

  it('only lists under --list, with what is wrong with the zip itself', async () => {
    const cwd = await packed();
    const list = await kplugin(['inspect', 'probe-1.0.0.zip', '--list'], { cwd });
    expect(list.code).toBe(0);
    const whole = await kplugin(['inspect', 'probe-1.0.0.zip'], { cwd });
    expect(whole.stdout).toContain(list.stdout);
    expect(list.stdout).toContain('model.bin');
    const evil = folder({ 'x.zip': makeZip([{ name: '../x', text: 'x' }]) });
    const run = await kplugin(['inspect', 'x.zip', '--list'], { cwd: evil });
    expect(run).toMatchObject({ code: 1, stdout: '../x: the name leads out of the plugin\n' });
  });

  it.each([
    ['a file where a folder is', [{ name: 'lib' }, { name: 'lib/a.py' }], 'file-and-folder'],
    ['a wrong checksum', [{ name: 'a', content: 'x', central: { crc: 1 } }], 'entry-damaged'],
  ])('--list says what it does not check, and by which command: %s', async (_, entries, rule) => {
    const cwd = folder({ 'my x.zip': craftZip({ entries }) });
    const list = await kplugin(['inspect', '--list', 'my x.zip'], { cwd });
    expect(list.code).toBe(0);
    expect(list.stderr).toBe(
      "\nNext:\n  kplugin validate 'my x.zip'\n  (checks what --list does not: what the files hold, " +
        'their checksums, and whether eKuiper accepts the plugin)\n',
    );
    expect((await kplugin(['validate', 'my x.zip'], { cwd })).stdout).toContain(`[${rule}]`);
  });

  it('--list says of an empty folder that it has no files', async () => {
    const run = await kplugin(['inspect', '--list', '.'], { cwd: folder() });
    expect(run).toMatchObject({ code: 0, stdout: '0 files\n' });
  });

  it('shows stars for the secrets of install.sh, and says so', async () => {
    const text =
      'echo a\ncurl -H "Authorization: Bearer hunter2abc" h\nx --password=hunter2\nexport api_key=hunter2\necho b\n';
    const zip = makeZip([{ name: 'install.sh', text }]);
    const cwd = folder({ 'x.zip': zip });
    const { stdout } = await kplugin(['inspect', 'x.zip'], { cwd });
    expect(stdout).not.toContain('hunter2');
    expect(stdout).toContain('  x --password=***\n  export api_key=***\n  echo b\n*** stands for');
    const json = await kplugin(['inspect', 'x.zip', '--json'], { cwd });
    expect(json.stdout).not.toContain('hunter2');
  });

  it('says that there is nothing', async () => {
    const run = await kplugin(['inspect', 'gone.zip', '--json'], { cwd: folder() });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout).error.code).toBe('plugin-not-found');
  });
});
