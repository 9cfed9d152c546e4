import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../http/answer.ts';
import type { OpenSink } from '../../runtime/contract.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import type { Control } from '../control-body.ts';
import { jsonBody } from '../json-body.ts';
import { type SinkOrder, sinkOrder } from '../sink-body.ts';
import { jsonAnswer, refusedJson } from '../symbol-answer.ts';
import type { SymbolCall, SymbolRoute } from '../symbol-route.ts';

/** `POST /sinks/<name>`: sends rows to a sink, and starts it first if needed. */
export const SINK_ROUTES: readonly SymbolRoute[] = [
  { path: '/sinks/{name}', methods: { POST: send } },
];

async function send(call: SymbolCall): Promise<Answer> {
  let sent = 0;
  try {
    const order = sinkOrder(await jsonBody(call.request));
    const sink = await sinkFor(order, call);
    for (const message of order.messages) {
      if (call.signal.aborted) throw new HostRefusal('the client went away');
      await sink.send(message);
      sent += 1;
    }
    const { meta } = sink.request;
    if (order.stop) await call.runs.stop({ ...controlOf(order, call), meta });
    return jsonAnswer(200, { sent, meta });
  } catch (error) {
    return refusedJson(error, { sent });
  }
}

async function sinkFor(order: SinkOrder, call: SymbolCall): Promise<OpenSink> {
  const { runs, name } = call;
  const running = await runs.runningSink(name, order.meta);
  if (running !== null) {
    if (order.config === null || isDeepStrictEqual(order.config, running.request.config))
      return running;
    throw new HostRefusal(
      `sink ${name} runs with another config already: stop it first (POST /symbol/stop), or give this one a meta of its own`,
    );
  }
  const { sink } = await runs.start(controlOf(order, call), false);
  if (sink === null) throw new Error(`sink ${name} was opened as something else`);
  return sink;
}

function controlOf({ config, meta }: SinkOrder, { name }: SymbolCall): Control {
  return { kind: 'sink', symbol: name, meta, config, confKey: null, dataSource: null };
}
