import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { temporaryFolders } from '../fixtures/tree.ts';
import { describeOnLinux } from '../toolchain/require.ts';

const folder = temporaryFolders();

/** Runs a line of a shell, which can write any bytes; `k` is kplugin. */
function shell(line: string, cwd: string) {
  const script = `k() { "$NODE" "$BIN" "$@"; }; ${line}`;
  const env = cleanEnv({ NODE: process.execPath, BIN });
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

const CAFE = `name=$(printf 'caf\\351.zip')`;
const GREETING = `name=$(printf '\\304\\343\\272\\303')`;

describeOnLinux('an argument that is not UTF-8', () => {
  it('is refused with its likely name, and what renames the file', () => {
    const cwd = folder();
    const { code, stdout, stderr } = shell(`${CAFE}; : > "$name"; k inspect "$name"`, cwd);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(String.raw`argument 2 is not UTF-8: $'caf\351.zip'`);
    expect(stderr).toContain('probably Windows-1252 (Western Windows, Latin-1): "café.zip"');
    const [, fix = ''] = /fix {2}rename it: (.*)/.exec(stderr) ?? [];
    expect(spawnSync('bash', ['-c', fix], { cwd }).status).toBe(0);
    expect(readdirSync(cwd)).toEqual(['café.zip']);
  });

  it.each([
    ['a folder', `mkdir "$name"; k pack -o "$name/x.zip"`, '/x.zip', '<name>'],
    ['a flag', `mkdir "$name"; k pack "--out=$name"`, '', '<name>'],
  ])('%s: nobody guesses between code pages', (_name, line, rest, to) => {
    const { code, stderr } = shell(`${GREETING}; ${line}`, folder());
    expect(code).toBe(2);
    expect(stderr).toContain(`"你好${rest}" in GBK or `);
    expect(stderr).toContain(String.raw`rename it: mv -n $'\304\343\272\303' ${to}`);
  });

  it.each([
    ['a file that is not there', 'k inspect "$name"', 'argument 2'],
    ['a name of a host', 'k list --host "$name"', 'argument 3'],
    ['a variable', 'KPLUGIN_HOST="$name" k list', 'KPLUGIN_HOST'],
  ])('%s has nothing to rename', (_name, line, what) => {
    const { code, stderr } = shell(`${CAFE}; ${line}`, folder());
    expect(code).toBe(2);
    expect(stderr).toContain(`${what} is not UTF-8`);
    expect(stderr).toContain('fix  give it in UTF-8');
  });

  it('a token is not repeated', () => {
    const line = `${CAFE}; KPLUGIN_TOKEN="$name" k inspect "$name"`;
    expect(shell(line, folder()).stderr).not.toContain('KPLUGIN_TOKEN');
    expect(shell(`${CAFE}; KPLUGIN_TOKEN="$name" k schema`, folder()).code).toBe(0);
  });

  it('the replacement character itself is a sign like others', async () => {
    const { stderr } = await kplugin(['inspect', 'caf\u{fffd}.zip'], { cwd: folder() });
    expect(stderr).toContain('there is no plugin at caf\u{fffd}.zip');
  });
});
