import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kplugin } from '../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';

const folder = temporaryFolders();
const pipe = (file: string): string => {
  execFileSync('mkfifo', [file]);
  return file;
};
const world = () => {
  const at = folder({
    'there/old.zip': 'the old file',
    'to-file': { link: 'there/old.zip' },
    dangling: { link: 'there/new.zip' },
    nowhere: { link: 'missing/new.zip' },
    round: { link: 'about' },
    about: { link: 'round' },
  });
  pipe(join(at, 'pipe'));
  for (const [path, text] of Object.entries(GOOD_PROJECT)) {
    mkdirSync(join(at, 'p', path, '..'), { recursive: true });
    writeFileSync(join(at, 'p', path), String(text));
  }
  return at;
};
const isZip = (file: string): boolean => readFileSync(file).subarray(0, 2).toString() === 'PK';

describeOnUnix('pack -o', () => {
  it.each([
    ['a link to a file', 'to-file', 'there/old.zip'],
    ['a link to nothing yet', 'dangling', 'there/new.zip'],
    ['a folder', 'there', 'there/probe-1.0.0.zip'],
  ])('through %s writes behind it', async (_, output, written) => {
    const cwd = world();
    expect(await kplugin(['pack', 'p', '-o', output], { cwd })).toMatchObject({ code: 0 });
    expect(isZip(join(cwd, written))).toBe(true);
    expect(lstatSync(join(cwd, 'dangling')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(cwd, 'to-file')).isSymbolicLink()).toBe(true);
  });

  it.each([
    [
      'a link into a folder that is not there',
      'nowhere',
      'it is a link to missing/new.zip, and the dir',
    ],
    ['links in a circle', 'round', 'its links lead in a circle'],
    ['a pipe that nobody reads', 'pipe', 'a pipe that nobody reads'],
    ['a name that is too long', 'a'.repeat(300), 'the name is too long'],
    ['a file below a file', 'p/main.py/x.zip', 'part of the path is a file'],
  ])('says of %s why not, and changes nothing', async (_, output, why) => {
    const cwd = world();
    const before = readdirSync(cwd, { recursive: true });
    const { code, stderr } = await kplugin(['pack', 'p', '-o', output], { cwd, limit: 20_000 });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
  });

  it('says of a folder that may not be written to why not', async () => {
    const cwd = world();
    chmodSync(join(cwd, 'there'), 0o555);
    const { code, stderr } = await kplugin(['pack', 'p', '-o', 'there/x.zip'], { cwd });
    chmodSync(join(cwd, 'there'), 0o755);
    // Who runs the tests as root may write everywhere.
    if (process.getuid?.() === 0) expect(code).toBe(0);
    else
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('may') });
  });

  it('fills a pipe that somebody reads, with the package and nothing else', () => {
    const cwd = world();
    const script = `cat pipe > got.zip & "${process.execPath}" "${join(import.meta.dirname, '../../bin/kplugin.js')}" pack p -o pipe > said.txt; wait`;
    execFileSync('sh', ['-c', script], { cwd, stdio: 'ignore', timeout: 30_000 });
    expect(isZip(join(cwd, 'got.zip'))).toBe(true);
    expect(readFileSync(join(cwd, 'said.txt'), 'utf8')).toBe('pipe\n');
  });

  it('writes to /dev/stdout what it writes to -, and to /dev/null nothing that stays', async () => {
    const cwd = world();
    const [named, dash, nothing] = await Promise.all(
      ['/dev/stdout', '-', '/dev/null'].map((output) =>
        kplugin(['pack', 'p', '-o', output], { cwd }),
      ),
    );
    expect(named).toMatchObject({ code: 0, stdout: dash?.stdout });
    expect(nothing).toMatchObject({ code: 0, stdout: '/dev/null\n' });
    expect(nothing?.stderr).not.toContain('kplugin install');
  });
});

describeOnUnix('what is no file where one belongs', () => {
  it.each([
    ['validate', ['validate', 'x.zip']],
    ['inspect', ['inspect', 'x.zip']],
    ['pack --from', ['pack', '--from', 'x.zip']],
    ['test', ['test', 'x.zip']],
    ['diff', ['diff', 'x.zip', 'p']],
    ['serve', ['serve', 'x.zip', '--listen', '127.0.0.1:0']],
    // Nobody listens there, and nobody is asked.
    ['install', ['install', 'x.zip', '--host', '127.0.0.1:1']],
  ])('%s waits for no pipe, and says what it is', async (_, argv) => {
    const cwd = world();
    pipe(join(cwd, 'x.zip'));
    const { code, stderr } = await kplugin(argv, { cwd, limit: 20_000 });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/x\.zip/) });
  });

  it.each([['validate'], ['pack'], ['inspect'], ['test'], ['doctor']])(
    '%s waits for no pipe in a project',
    async (command) => {
      const cwd = folder();
      for (const name of ['p.json', 'main.py', '.kpluginignore', '.kplugin.json', 'go.mod']) {
        pipe(join(cwd, name));
      }
      const { code } = await kplugin([command, '.'], { cwd, limit: 40_000 });
      expect([1, 2]).toContain(code);
    },
  );

  it.each([
    ['a folder below links in a circle', ['init', 'round/x', '--name', 'p', '--yes']],
    ['cases in a pipe', ['test', 'p', '--cases', 'pipe']],
    ['a report into links in a circle', ['test', 'p', '--junit', 'round', '--list']],
    ['a project of a circle', ['validate', 'round']],
    ['a manifest that is a folder', ['validate', 'there']],
    ['a name that is too long', ['validate', 'a'.repeat(5000)]],
    ['a name that is empty', ['validate', '']],
    ['a name like a flag', ['validate', '--', '-x']],
  ])('is no bug: %s', async (_, argv) => {
    const { code, stderr } = await kplugin(argv, { cwd: world(), limit: 40_000 });
    expect(stderr).not.toContain('this is a bug');
    expect(code).toBeLessThan(3);
  });
});

describeOnUnix('a device in the place of a package', () => {
  it.each(['inspect', 'validate'])('%s says nothing about permissions', async (command) => {
    const run = await kplugin([command, '/dev/zero'], { cwd: folder({ a: '' }) });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^ {2}fix {2}give the .*path of a package \(\.zip\)$/m);
  });
});
