import type { RuleMeta, SymbolConfig } from '../runtime/contract.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { configField, isObject, type JsonObject, metaField, refuseOtherKeys } from './json-body.ts';

const WAYS = ['each', 'single', 'batch'] as const;

type Way = (typeof WAYS)[number];

/** The parsed body of `POST /sinks/<name>`. */
export interface SinkOrder {
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
