import type { SymbolKind } from '../../../model/symbol.ts';
import type { Answer } from '../../http/answer.ts';
import { symbolKey } from '../../runtime/symbol-contract.ts';
import { jsonAnswer, type SymbolCall, type SymbolRoute } from '../symbol-route.ts';
import type { Opened, Run } from '../symbol-world.ts';

const STARTING = Symbol('starting');

/** `GET /` lists the requests, `GET /symbols` the running symbols. */
export const OVERVIEW_ROUTES: readonly SymbolRoute[] = [
  { path: '/', methods: { GET: about } },
  { path: '/symbols', methods: { GET: symbols } },
];

function about(): Answer {
  return jsonAnswer(200, {
    'GET /symbols': 'the plugins, what runs, counts, rates, last rows and errors',
    'GET /events?plugin=&symbol=&kind=':
      'every row, call, acknowledgement, command and log line as it happens',
    'POST /symbol/start':
      '{"symbolName","pluginType","meta"?,"config"?}: as eKuiper\'s plugin test server',
    'POST /symbol/stop': 'the same body',
    'POST /functions/<name>':
      '{"args":[…]} or [arguments]; "call": "Exec", "Validate" or "IsAggregate"',
    'POST /sinks/<name>':
      '{"rows":[…]} or [rows]; "config", "meta", "send": "each", "single" or "batch", "raw", "stop"',
    'POST /sources/<name>?messages=3&within=10s':
      'the next rows; {"config"} or {"confKey","dataSource"}, "meta"',
    'POST /plugins/<name>/restart': 'ends the process and starts it again, as an update does',
    'POST /plugins/<name>/kill':
      'ends the process as a crash does: the next start of a source or sink of it starts it again, no function does',
  });
}

async function symbols(call: SymbolCall): Promise<Answer> {
  const { host } = call;
  const plugins = call.plugins().map(({ name, sources, sinks, functions }) => ({
    name,
    status: host.status(name)?.status ?? null,
    error: host.status(name)?.errMsg ?? '',
    sources: sources ?? [],
    sinks: sinks ?? [],
    functions: functions ?? [],
  }));
  return jsonAnswer(200, { plugins, symbols: await running(call) });
}

type Shown = Pick<Run, 'kind' | 'symbol' | 'plugin'> & { readonly meta: Run['meta'] | null };

/** The symbols that clients started, then all others open in the host, such as functions that were only called. */
async function running(call: SymbolCall): Promise<object[]> {
  const { runs, host } = call;
  const started = await Promise.all(runs.all.map((run) => startedEntry(run, call)));
  const known = new Set(runs.all.map((run) => symbolKey(run.kind, run.symbol, run.meta)));
  const open: Shown[] = [
    ...host.openSources.map(shown('source')),
    ...host.openSinks.map(shown('sink')),
    ...host.openFunctions.map(({ symbol, plugin }) => ({
      kind: 'function' as const,
      symbol,
      plugin,
      meta: null,
    })),
  ];
  const others = open.filter((one) => !known.has(symbolKey(one.kind, one.symbol, one.meta)));
  return [...started, ...others.map((one) => entry(one, {}, call))];
}

function shown(kind: SymbolKind) {
  return (one: { plugin: string; request: { symbol: string; meta: Run['meta'] } }): Shown => ({
    kind,
    symbol: one.request.symbol,
    plugin: one.plugin,
    meta: one.request.meta,
  });
}

async function startedEntry(run: Run, call: SymbolCall): Promise<object> {
  // A start may take long; the list does not wait for it.
  const opened = await Promise.race([run.opened.catch(() => null), soon()]);
  const more = {
    state: opened === STARTING ? 'starting' : 'running',
    since: new Date(run.since).toISOString(),
    samples: run.samples && run.kind !== 'source',
    config: isOpened(opened) ? opened.config : null,
  };
  return entry(run, more, call);
}

function entry({ kind, symbol, plugin, meta }: Shown, more: object, call: SymbolCall): object {
  const { activity, clock } = call;
  const report = activity.report(kind, symbolKey(kind, symbol, meta), clock());
  return { plugin, kind, symbol, meta: kind === 'function' ? null : meta, ...more, ...report };
}

function isOpened(value: Opened | typeof STARTING | null): value is Opened {
  return value !== null && value !== STARTING;
}

function soon(): Promise<typeof STARTING> {
  return new Promise((resolve) => setImmediate(() => resolve(STARTING)));
}
