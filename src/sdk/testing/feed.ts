import { type Config, Stopped } from '../api/context.ts';
import type { SinkSpec } from '../api/sink.ts';
import { ReceivedBatch } from '../runtime/batch.ts';
import { configureSink, type ReadySink } from '../runtime/bind.ts';
import { errorText } from '../runtime/errors.ts';
import { makeSink } from '../runtime/make.ts';
import { QUIET, RULE } from './environment.ts';

export interface FeedOptions {
  readonly config?: Config;
  /** Rows are sent as one JSON array, texts and bytes without changes. */
  readonly batches: readonly (readonly object[] | string | Uint8Array)[];
}

/**
 * Runs a sink without a host. Resolves with the acknowledgement of each batch: null, or the text of what `collect`
 * threw. Throws what `configure`, `open` and `close` throw.
 */
export async function feedSink(spec: SinkSpec, options: FeedOptions): Promise<(string | null)[]> {
  const stopping = new AbortController();
  const base = { rule: RULE, signal: stopping.signal, log: QUIET };
  const sink = await configureSink(makeSink(spec), options.config ?? {}, base);
  await sink.open();
  const acks: (string | null)[] = [];
  for (const batch of options.batches) acks.push(await ackOf(sink, bytesOf(batch)));
  stopping.abort(new Stopped());
  await sink.close();
  return acks;
}

async function ackOf(sink: ReadySink, bytes: Uint8Array): Promise<string | null> {
  try {
    await sink.collect(new ReceivedBatch(bytes));
    return null;
  } catch (error) {
    return errorText(error);
  }
}

function bytesOf(batch: readonly object[] | string | Uint8Array): Uint8Array {
  if (batch instanceof Uint8Array) return batch;
  return Buffer.from(typeof batch === 'string' ? batch : JSON.stringify(batch));
}
