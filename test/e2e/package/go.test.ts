import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readExecutableHeader } from '../../../src/lint/executable/executable-header.ts';
import { openZipView } from '../../../src/package/zip-view.ts';
import { kplugin } from '../../bin/run.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';
import { goCommand } from '../../toolchain/go.ts';
import { describeWith } from '../../toolchain/require.ts';

const folder = temporaryFolders();

const project = (main = 'package main\n\nfunc main() {}\n') =>
  folder({
    'probe.json': '{"version":"1.0.0","language":"go","executable":"probe","sinks":["probe_sink"]}',
    'go.mod': 'module probe\n\ngo 1.20\n',
    'main.go': main,
    'vendor/modules.txt': '',
  });

await describeWith('packing a Go project', goCommand, () => {
  it('builds it for the architecture asked for, without its sources', async () => {
    const root = project();
    const out = folder();
    const run = await kplugin(['pack', root, '--arch', 'arm64', '-o', out]);
    expect(run).toMatchObject({ code: 0, stdout: `${join(out, 'probe-1.0.0-linux-arm64.zip')}\n` });
    expect(run.stderr).toContain('CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build');
    const view = await openZipView(run.stdout.trim());
    expect(view.entries).toMatchObject([
      { path: 'probe', mode: 0o755 },
      { path: 'probe.json', mode: 0o644 },
    ]);
    expect(readExecutableHeader((await view.read('probe')) ?? new Uint8Array())).toMatchObject({
      format: 'elf',
      machine: 'arm64',
      libc: 'none',
    });
  });

  it('gives the same bytes for the same sources elsewhere', async () => {
    const digest = async () =>
      JSON.parse((await kplugin(['pack', project(), '-o', folder(), '--json'])).stdout).data.sha256;
    expect(await digest()).toBe(await digest());
  });

  it('shows what the compiler said, and writes nothing', async () => {
    const root = project('package main\n\nfunc main() { undefinedThing() }\n');
    const out = folder();
    const run = await kplugin(['pack', root, '-o', join(out, 'x.zip')]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('undefined: undefinedThing');
    expect(existsSync(join(out, 'x.zip'))).toBe(false);
  });

  it('takes the executable that is there with --no-build, and says when it is another one', async () => {
    const root = project();
    await kplugin(['pack', root, '--arch', 'amd64', '-o', folder()]);
    const run = await kplugin([
      'pack',
      root,
      '--no-build',
      '--arch',
      'arm64',
      '-o',
      folder(),
      '--json',
    ]);
    expect(JSON.parse(run.stdout).error).toMatchObject({ code: 'arch-mismatch' });
  });

  it('builds nothing when it only looks', async () => {
    const root = project();
    await kplugin(['pack', root, '--dry-run']);
    expect(existsSync(join(root, 'probe'))).toBe(false);
  });
});
