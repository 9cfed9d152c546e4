import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { kplugin, type Run } from '../bin/run.ts';
import { Serving } from '../e2e/serve/serving.ts';

export interface Traveller {
  readonly language: 'python' | 'go' | 'typescript';
  /** Also the name of its sockets in /tmp: no other test may use it. */
  readonly name: string;
  /** How `kplugin test` sums up its checks and the cases that `init` wrote. */
  readonly verdict: string;
  /** Flags of `test` and `serve`, such as the Python that starts plugins. */
  readonly flags?: readonly string[];
  /** What an author does between `init` and `validate`, in the new project. */
  readonly prepare?: (project: string) => Promise<unknown>;
}

/**
 * The whole way of a plugin with all three kinds of symbols, each step by the real bin: init, validate, test, pack,
 * serve, install, status, list, remove. Every step has to end well and to say what it did.
 */
export async function travel(traveller: Traveller): Promise<void> {
  const { language, name, verdict, flags = [], prepare } = traveller;
  const base = await mkdtemp(path.join(tmpdir(), `kplugin-short-${language}-`));
  let serving: Serving | null = null;
  try {
    const go = async (args: readonly string[], host = ''): Promise<Run> => {
      const env = host === '' ? {} : { KPLUGIN_HOST: host };
      const run = await kplugin(args, { cwd: base, env });
      expect(run, `kplugin ${args.join(' ')}\n${run.stdout}${run.stderr}`).toMatchObject({
        code: 0,
      });
      return run;
    };
    const symbols = ['source', 'sink', 'function'].flatMap((kind) => [
      `--${kind}`,
      `${name}_${kind}`,
    ]);
    await go(['init', name, '--language', language, ...symbols, '--yes']);
    await prepare?.(path.join(base, name));
    await go(['validate', name]);
    // The check "silence" waits for six seconds, which test/e2e/cases does already.
    const tested = await go(['test', name, '--skip', 'silence', ...flags]);
    expect(tested.stdout).toContain(`\n${verdict} in `);
    await go(['pack', name, '-o', 'packed.zip']);
    serving = await Serving.start(...flags);
    const { host } = new URL(serving.url);
    const installed = await go(['install', 'packed.zip'], host);
    expect(installed.stdout).toContain(name);
    expect((await go(['status', name], host)).stdout).toContain('running');
    expect((await go(['list'], host)).stdout).toContain(name);
    await go(['remove', name, '--yes'], host);
    expect(await kplugin(['status', name], { env: { KPLUGIN_HOST: host } })).toMatchObject({
      code: 3,
    });
    expect(await serving.end()).toBe(0);
  } finally {
    await serving?.stop();
    await rm(base, { recursive: true, force: true });
  }
}
