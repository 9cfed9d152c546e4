import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { SourceSpec } from '../../../src/sdk/index.ts';
import { ScriptedHost } from './scripted-host.ts';

/** A plugin with the one source `src`, which was started, and what it sends. */
export async function startedSource(spec: SourceSpec, more: object = {}) {
  const host = new ScriptedHost();
  await host.run({ name: 'srcs', sources: { src: spec } }, { stopMs: 200 });
  const rows = await host.rows();
  expect(await host.start('source', 'src', more)).toBe('ok');
  return { host, rows };
}

/** The value once it has stopped growing for a while. */
export async function settled(value: () => number): Promise<number> {
  let before = -1;
  for (let calm = 0; calm < 20; ) {
    await sleep(5);
    calm = value() === before ? calm + 1 : 0;
    before = value();
  }
  return before;
}
