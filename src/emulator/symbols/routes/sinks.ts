import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../http/answer.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import type { OpenSink, RuleMeta, SymbolConfig } from '../../runtime/symbol-contract.ts';
import {
  type Control,
  configField,
  isObject,
  type JsonObject,
  jsonBody,
  metaField,
  refuseOtherKeys,
} from '../symbol-body.ts';
import { jsonAnswer, refusedJson, type SymbolCall, type SymbolRoute } from '../symbol-route.ts';

const WAYS = ['each', 'single', 'batch'] as const;

type Way = (typeof WAYS)[number];

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

/** The parsed body of `POST /sinks/<name>`. */
interface SinkOrder {
  /** Each is one message of eKuiper to the sink, encoded. */
  readonly messages: readonly string[];
  readonly config: SymbolConfig | null;
  readonly meta: RuleMeta | null;
  /** Whether the sink is stopped afterwards. */
  readonly stop: boolean;
}

/**
 * Parses an array of rows, or `{"rows","raw","send","config","meta","stop"}`. `send`: `each` (eKuiper's default: an
 * array of one row for each), `single` (bare objects, as with sendSingle) or `batch` (one array with all rows). `raw`:
 * texts sent unchanged. Throws HostRefusal.
 */
export function sinkOrder(body: unknown): SinkOrder {
  const object = Array.isArray(body) ? { rows: body } : body;
  if (!isObject(object))
    throw new HostRefusal('the body is to be an array of rows or an object with "rows"');
  refuseOtherKeys(object, ['rows', 'raw', 'send', 'config', 'meta', 'stop']);
  const config = configField(object);
  const way = wayOf(object, config);
  const rows = listOf(object, 'rows');
  const wrong = rows.findIndex((row) => !isObject(row));
  if (wrong >= 0) throw new HostRefusal(`rows[${wrong}] is no object: a row is one`);
  const raw = listOf(object, 'raw').map((text, at) => {
    if (typeof text === 'string') return text;
    throw new HostRefusal(`raw[${at}] is to be a text`);
  });
  const messages = [...messagesOf(rows, way), ...raw];
  if (messages.length === 0) throw new HostRefusal('there are no rows: send {"rows":[{"a":1}]}');
  return { messages, config, meta: metaField(object), stop: object['stop'] === true };
}

function messagesOf(rows: readonly unknown[], way: Way): string[] {
  if (way === 'batch') return rows.length === 0 ? [] : [JSON.stringify(rows)];
  return rows.map((row) => JSON.stringify(way === 'single' ? row : [row]));
}

/** The default of `send` follows `sendSingle` of the config, as in a rule. */
function wayOf(body: JsonObject, config: SymbolConfig | null): Way {
  const send = body['send'];
  if (send === undefined) return config?.['sendSingle'] === true ? 'single' : 'each';
  const way = WAYS.find((one) => one === send);
  if (way !== undefined) return way;
  throw new HostRefusal(`send is ${WAYS.join(', ')}, not ${JSON.stringify(send)}`);
}

function listOf(body: JsonObject, key: string): readonly unknown[] {
  const value = body[key] ?? [];
  if (Array.isArray(value)) return value;
  throw new HostRefusal(`${key} is to be an array`);
}
