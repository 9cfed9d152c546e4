import type { Batch, Config, SinkSpec } from '../../../src/sdk/index.ts';
import { RULE, ScriptedHost } from './scripted-host.ts';

/** A plugin with the one sink `snk`, the answer to its start, and its acknowledgements. */
export async function startedSink(spec: SinkSpec, config: Config = {}) {
  const host = new ScriptedHost();
  await host.run({ name: 'snks', sinks: { snk: spec } }, { openMs: 100, stopMs: 300 });
  const acks = await host.rows(RULE, '_ack');
  const answer = await host.start('sink', 'snk', { config });
  return { host, acks, answer };
}

/** A sink that keeps what it got, and a wait for so much. */
export function keeper(look: (batch: Batch) => unknown = (batch) => batch.rows) {
  const kept: unknown[] = [];
  const spec: SinkSpec = {
    collect: (batch) => {
      kept.push(look(batch));
    },
  };
  return { kept, spec };
}

/** Throws, as a sink that cannot write. */
export function fail(): never {
  throw new Error('no disk');
}
