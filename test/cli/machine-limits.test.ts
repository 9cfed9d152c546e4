import { expect, it } from 'vitest';
import { BIN, kplugin } from '../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';
import { run } from '../toolchain/run.ts';

const folder = temporaryFolders();

const world = (): string =>
  folder(
    Object.fromEntries(Object.entries(GOOD_PROJECT).map(([at, item]) => [`probe/${at}`, item])),
  );

interface HostWithResult {
  readonly code: number;
  readonly output: string;
}

/** With less Node itself does not start: Node 20 needs 19, Node 22 and 24 need 22. */
const LEAST = Number(process.versions.node.split('.')[0]) < 22 ? 19 : 22;
const LIMITS = [19, 20, 22, 25, 30, 63].filter((files) => files >= LEAST);

function limited(files: number, args: readonly string[], cwd: string): Promise<HostWithResult> {
  const script = `ulimit -n ${files}; "$@" 2>&1 </dev/null; echo "exit $?"`;
  return run('/bin/sh', ['-c', script, 'sh', process.execPath, BIN, ...args], {
    cwd,
  }).then((output) => ({ code: Number(/exit (\d+)\s*$/.exec(output)?.[1]), output }));
}

describeOnUnix('with few open files', () => {
  it.each([
    ['validate', ['validate', 'probe']],
    ['inspect', ['inspect', 'probe']],
    ['pack', ['pack', 'probe', '-o', 'out.zip']],
    ['diff', ['diff', 'probe', 'probe.zip']],
    ['doctor', ['doctor', 'probe']],
  ])(
    '%s says what it always says, or that it is the limit',
    async (_, args) => {
      const cwd = world();
      await kplugin(['pack', 'probe', '-o', 'probe.zip'], { cwd });
      const usual = (await kplugin(args, { cwd })).code;
      for (const files of LIMITS) {
        const { code, output } = await limited(files, args, cwd);
        if (/ulimit -n 1024/.test(output)) expect([0, 2], `${files}: ${output}`).toContain(code);
        else expect(code, `${files}: ${output}`).toBe(usual);
      }
    },
    60_000,
  );

  it.each([
    ['test', ['test', 'probe']],
    ['serve', ['serve', 'probe', '--listen', '127.0.0.1:0']],
    ['dev', ['dev', 'probe', '--listen', '127.0.0.1:0']],
  ])(
    '%s starts no plugin, which would be blamed',
    async (_, args) => {
      const cwd = world();
      for (const files of LIMITS) {
        const { code, output } = await limited(files, args, cwd);
        expect(code, `${files}: ${output}`).toBe(2);
        expect(output).toContain('ulimit -n 1024');
        expect(output).not.toContain('eKuiper');
      }
    },
    60_000,
  );
});
