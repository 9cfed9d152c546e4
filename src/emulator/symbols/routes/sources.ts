import { durationText, parseDuration } from '../../../model/duration.ts';
import { signalWithin } from '../../../sp/deadline.ts';
import type { Answer } from '../../http/answer.ts';
import { HostRefusal } from '../../runtime/refusal.ts';
import { isSameMeta, type RuleMeta, type SymbolConfig } from '../../runtime/symbol-contract.ts';
import type { Feed } from '../feed.ts';
import {
  type Control,
  configField,
  isObject,
  jsonBody,
  metaField,
  refuseOtherKeys,
  textField,
} from '../symbol-body.ts';
import { jsonAnswer, refusedJson, type SymbolCall, type SymbolRoute } from '../symbol-route.ts';
import { requirePlugin } from '../symbol-world.ts';

const MOST = 10_000;

/** `POST /sources/<name>?messages=3`: returns the next rows of a source, and starts it for that if needed. */
export const SOURCE_ROUTES: readonly SymbolRoute[] = [
  { path: '/sources/{name}', methods: { POST: take } },
];

interface SourceOrder {
  readonly messages: number;
  readonly withinMs: number;
  readonly config: SymbolConfig | null;
  readonly confKey: string | null;
  readonly dataSource: string | null;
  readonly meta: RuleMeta | null;
}

async function take(call: SymbolCall): Promise<Answer> {
  try {
    const order = sourceOrder(call.query, await jsonBody(call.request));
    requirePlugin(call, 'source', call.name);
    const rows = await rowsFor(order, call);
    if (rows.length === order.messages) return jsonAnswer(200, { rows });
    const words = `${rows.length} of ${order.messages} messages came within ${durationText(order.withinMs)}`;
    return jsonAnswer(400, { error: words, rows });
  } catch (error) {
    return refusedJson(error);
  }
}

/** Parses `?messages=1&within=10s` and a body with `config`, `confKey`, `dataSource` and `meta`. Throws HostRefusal. */
export function sourceOrder(query: URLSearchParams, body: unknown): SourceOrder {
  if (!isObject(body)) throw new HostRefusal('the body is to be an object, or nothing');
  refuseOtherKeys(body, ['config', 'confKey', 'dataSource', 'meta']);
  const asked = query.get('messages') ?? '1';
  const messages = /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
  if (messages < 1 || messages > MOST) {
    throw new HostRefusal(`messages is a number from 1 to ${MOST}, not "${asked}"`);
  }
  const within = query.get('within') ?? '10s';
  const withinMs = parseDuration(within);
  if (withinMs === null)
    throw new HostRefusal(`within is a duration such as 500ms or 10s, not "${within}"`);
  return {
    messages,
    withinMs,
    config: configField(body),
    confKey: textField(body, 'confKey'),
    dataSource: textField(body, 'dataSource'),
    meta: metaField(body),
  };
}

async function rowsFor(order: SourceOrder, call: SymbolCall): Promise<TakenRow[]> {
  const { runs, name } = call;
  const running = runs.runningSource(name, order.meta);
  if (running !== null) {
    if (order.config === null) return wait(order, running, call);
    throw new HostRefusal(
      `source ${name} runs already: leave config out to see its rows, or give this one a meta of its own`,
    );
  }
  const meta = runs.metaFor('source', name, order.meta);
  const control: Control = { ...order, kind: 'source', symbol: name, meta };
  // Subscribes first: the source may send rows before its start is answered.
  const stopWaiting = new AbortController();
  const waiting = wait(order, meta, call, stopWaiting.signal);
  try {
    await runs.start(control, false);
    return await waiting;
  } finally {
    stopWaiting.abort();
    // Another client may have stopped it meanwhile, and a failed start left nothing open.
    await runs.stop(control).catch(() => undefined);
  }
}

function wait(
  { messages, withinMs }: SourceOrder,
  meta: RuleMeta,
  call: SymbolCall,
  stop?: AbortSignal,
): Promise<TakenRow[]> {
  const signal = signalWithin(withinMs, call.signal, ...(stop ? [stop] : []));
  const taking = { symbol: call.name, meta, messages, signal };
  return takeRows(call.feed, taking);
}

interface TakenRow {
  readonly message: unknown;
  readonly meta: unknown;
}

interface Taking {
  readonly symbol: string;
  readonly meta: RuleMeta;
  /** The number of rows to wait for. */
  readonly messages: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Returns the next rows of a source from the feed: the requested number, or fewer when the signal aborts first. */
function takeRows(feed: Feed, taking: Taking): Promise<TakenRow[]> {
  const { symbol, meta, messages, signal } = taking;
  const rows: TakenRow[] = [];
  return new Promise((resolve) => {
    const done = (): void => {
      leave();
      signal.removeEventListener('abort', done);
      resolve(rows);
    };
    const leave = feed.subscribe(({ event }) => {
      if (event.kind !== 'row' || event.symbol !== symbol || !isSameMeta(event.meta, meta)) return;
      if (rows.length >= messages) return;
      rows.push({ message: event.row.message, meta: event.row.meta });
      if (rows.length === messages) done();
    });
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
