import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildProject } from '../../../../src/package/build/build-project.ts';
import { type Tree, temporaryFolders } from '../../../fixtures/tree.ts';
import { describeOnUnix } from '../../../toolchain/require.ts';

const folder = temporaryFolders();
const MANIFEST = '{"language":"go","executable":"bin/probe","functions":["f"]}';

/** A stand-in for `go` in a folder of its own, and the PATH with it in front. */
function fakeGo(script: string): string {
  const bin = folder({ go: { text: `#!/bin/sh\n${script}\n`, mode: 0o755 } });
  return `${bin}:/usr/bin:/bin`;
}

async function build(tree: Tree, PATH: string) {
  const directory = folder(tree);
  const said: string[] = [];
  const built = await buildProject({
    directory,
    arch: 'arm64',
    env: { PATH, KEPT: 'yes' },
    onStart: (command) => said.push(command),
    onLine: (line) => said.push(line),
  });
  return { directory, built, said };
}

describeOnUnix('building', () => {
  const project = { 'probe.json': MANIFEST, 'go.mod': 'module probe\n' };

  it('calls go with what makes a static and reproducible program', async () => {
    const PATH = fakeGo(
      'env | grep -E "^(CGO|GOOS|GOARCH|KEPT)" | sort; echo "$@" >&2; echo x > bin/probe',
    );
    const { directory, built, said } = await build(project, PATH);
    expect(built).toBe(true);
    expect(said[0]).toBe(
      'CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -trimpath -buildvcs=false -o bin/probe .',
    );
    expect(said.slice(1).sort()).toEqual([
      'CGO_ENABLED=0',
      'GOARCH=arm64',
      'GOOS=linux',
      'KEPT=yes',
      'build -trimpath -buildvcs=false -o bin/probe .',
    ]);
    expect(readFileSync(join(directory, 'bin/probe'), 'utf8')).toBe('x\n');
  });

  it('shows what go said when it fails', async () => {
    const PATH = fakeGo('echo "./main.go:3:1: undefined: x" >&2; exit 1');
    await expect(build(project, PATH)).rejects.toMatchObject({
      code: 'build-failed',
      exit: 1,
      reason: './main.go:3:1: undefined: x',
    });
  });

  it('says that there is no go', async () => {
    await expect(build(project, folder())).rejects.toMatchObject({ code: 'go-missing', exit: 2 });
  });

  it.each<[string, Tree]>([
    ['Python', { 'probe.json': MANIFEST.replace('go', 'python'), 'go.mod': '' }],
    ['a program without sources', { 'probe.json': MANIFEST }],
    ['no manifest', { 'go.mod': '' }],
  ])('builds nothing for %s', async (_name, tree) => {
    expect((await build(tree, fakeGo('exit 1'))).built).toBe(false);
  });
});
