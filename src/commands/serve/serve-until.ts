import { setTimeout as sleep } from 'node:timers/promises';
import { inTemporaryFolder } from '../../cli/folders.ts';
import { PluginHost } from '../../emulator/host/host.ts';
import type { ListenAddress, Listening } from '../../emulator/http/listening.ts';
import type { ProjectPythons } from '../../emulator/runtime/run/side.ts';
import type { Timeouts } from '../../emulator/runtime/symbol-contract.ts';
import { type Served, startServer } from '../../emulator/server.ts';
import { type SymbolServer, startSymbolServer } from '../../emulator/symbol-server.ts';
import type { AnyEvent, Feed } from '../../emulator/symbols/feed.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import type { Target } from '../../model/target.ts';
import type { SymbolAddress } from './settings.ts';

interface ServeSettings {
  readonly listen: ListenAddress;
  /** Null: no symbol API. */
  readonly symbols: SymbolAddress | null;
  /** Accepted Host headers, see refusePages. */
  readonly names: ReadonlySet<string>;
  readonly target: Target;
  /** Absolute path; null for a temporary directory that is removed at the end. */
  readonly home: string | null;
  readonly timeouts: Timeouts;
  readonly python: string;
  readonly projectPythons: ProjectPythons;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Receives all events. */
  readonly feed: Feed;
  /** Rewrites events before they are shown. */
  readonly shown: (event: AnyEvent) => AnyEvent;
  readonly onServed: (served: Served) => void;
  /** Called when the servers listen, before {@link onReady}. */
  readonly setUp: (host: PluginHost) => Promise<void>;
  /** Plugins whose process the user starts. */
  readonly byHand: readonly PluginInfo[];
  readonly onReady: (ready: Serving) => Promise<void>;
}

/** The running servers. */
export interface Serving {
  readonly url: string;
  readonly symbolsUrl: string | null;
  readonly home: string;
  readonly plugins: readonly PluginInfo[];
  /**
   * Stops the symbols of a plugin that clients have started, so that another program can replace it; see
   * SymbolRuns.hold.
   */
  readonly hold: (plugin: string) => Promise<() => Promise<readonly string[]>>;
}

/** Without a symbol API there are none. */
const NOTHING_HELD: Serving['hold'] = () => Promise.resolve(() => Promise.resolve([]));

/** Runs the host and its servers until the signal, then removes everything except a home that was given. */
export function serveUntil(settings: ServeSettings): Promise<void> {
  return settings.home === null
    ? inTemporaryFolder('kplugin-serve-', settings.signal, (root) => serveIn(root, settings))
    : serveIn(settings.home, settings);
}

async function serveIn(root: string, settings: ServeSettings): Promise<void> {
  const { signal, setUp, onReady } = settings;
  const host = hostIn(root, settings);
  const servers: Listening[] = [];
  let settingUp: Promise<void> = Promise.resolve();
  try {
    await host.open().catch((error: unknown) => {
      throw homeUnusable(root, error);
    });
    const main = await listenForPlugins(host, settings);
    servers.push(main);
    const symbols = await listenForSymbols(host, settings);
    if (symbols !== null) servers.push(symbols);
    await Promise.race([host.boot(), aborted(signal)]);
    settingUp = signal.aborted ? settingUp : setUp(host);
    await Promise.race([settingUp, aborted(signal)]);
    const urls = { url: main.url, symbolsUrl: symbols?.url ?? null };
    if (!signal.aborted) {
      const plugins = pluginsIn(host, settings.byHand);
      const hold = symbols?.hold ?? NOTHING_HELD;
      await onReady({ ...urls, home: host.home.root, plugins, hold });
    }
    await aborted(signal);
  } finally {
    for (const server of servers.reverse()) await server.close();
    await host.close();
    // Errors caused by closing the host are ignored; earlier ones were thrown above.
    await settingUp.catch(() => undefined);
  }
}

function hostIn(root: string, settings: ServeSettings): PluginHost {
  const { target, python, projectPythons, timeouts, env, feed, shown } = settings;
  return new PluginHost({
    root,
    target,
    python,
    projectPythons,
    timeouts,
    initTimeoutMs: timeouts.initMs,
    env,
    onEvent: (event) => feed.publish(shown(event)),
    onData: feed.publish,
    now: () => performance.now(),
    socketFolder: '/tmp',
    machine: { platform: process.platform, architecture: process.arch },
  });
}

function listenForPlugins(host: PluginHost, settings: ServeSettings): Promise<Listening> {
  const { target, listen, names, onServed } = settings;
  return startServer({
    host,
    target,
    listen,
    onServed,
    now: () => performance.now(),
    names,
    processId: process.pid,
  });
}

async function listenForSymbols(
  host: PluginHost,
  { symbols: listen, names, feed, onServed, byHand }: ServeSettings,
): Promise<SymbolServer | null> {
  if (listen === null) return null;
  const start = (address: ListenAddress): Promise<SymbolServer> =>
    startSymbolServer({
      host,
      plugins: () => pluginsIn(host, byHand),
      feed,
      listen: address,
      onServed,
      names,
      processId: process.pid,
      clock: Date.now,
      sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    });
  return start(listen).catch((error: unknown) => {
    const isTaken = error instanceof KpluginError && error.code === 'port-in-use';
    if (!isTaken || !listen.isUsual) throw error;
    return start({ ...listen, port: 0 });
  });
}

function pluginsIn(host: PluginHost, byHand: readonly PluginInfo[]): readonly PluginInfo[] {
  return [...host.list(), ...byHand];
}

function homeUnusable(root: string, error: unknown): KpluginError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KpluginError({
    code: 'home-unusable',
    exit: EXIT.usage,
    message: `${root} cannot be used as the home of the host`,
    reason,
    hint: 'name a folder that you may write to, or leave --home out for a temporary one',
    cause: error,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
