import type { SymbolKind } from '../../model/symbol.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import {
  DEFAULT_META,
  isSameMeta,
  metaText,
  type OpenSink,
  type RuleMeta,
  symbolKey,
} from '../runtime/symbol-contract.ts';
import type { Activity } from './activity.ts';
import type { Feed } from './feed.ts';
import { openFunction, openSink, openSource, type Sampling } from './opening.ts';
import type { Control } from './symbol-body.ts';
import {
  type Opened,
  type Plugins,
  type Run,
  requirePlugin,
  type SymbolWorld,
} from './symbol-world.ts';

/** The maximum wait for a stop; after that the host ends the plugin anyway. */
const LAST_WORDS_MS = 1000;

interface RunsOptions {
  readonly host: SymbolWorld;
  readonly plugins: Plugins;
  readonly feed: Feed;
  readonly activity: Activity;
  readonly sleep: Sampling['sleep'];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The symbols that clients have started and not stopped. Every refusal is a HostRefusal. */
export class SymbolRuns {
  readonly #options: RunsOptions;
  readonly #runs = new Map<string, Run>();

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  get all(): readonly Run[] {
    return [...this.#runs.values()];
  }

  /** `/symbol/start`: starts a symbol; resolves when the plugin has answered. `samples`: send sample rows or calls. */
  async start(control: Control, samples: boolean): Promise<Opened> {
    const { kind, symbol } = control;
    const plugin = requirePlugin(this.#options, kind, symbol).name;
    const running = this.#of(kind, symbol, control.meta);
    // The text of eKuiper's test server, which says "source" for every kind.
    if (running.length > 0) throw new HostRefusal(`source symbol ${symbol} already exists`);
    const meta = this.metaFor(kind, symbol, control.meta);
    const since = this.#options.clock();
    const key = symbolKey(kind, symbol, meta);
    const opened = this.#open(control, meta, plugin, samples);
    this.#runs.set(key, { kind, symbol, plugin, meta, since, samples, control, opened });
    try {
      return await opened;
    } catch (error) {
      this.#runs.delete(key);
      throw error;
    }
  }

  /** `/symbol/stop`: stops the symbol with this meta; without a meta, all of this name. */
  async stop({ kind, symbol, meta }: Control): Promise<void> {
    const found = this.#of(kind, symbol, meta);
    if (found.length === 0) {
      const others = this.#of(kind, symbol, null).map((run) => metaText(run.meta));
      const hint = others.length === 0 ? '' : `; it runs as ${others.join(', ')}`;
      throw new HostRefusal(`Symbol ${symbol} already close${hint}`);
    }
    for (const run of found) this.#runs.delete(symbolKey(kind, symbol, run.meta));
    await Promise.all(found.map(stopRun));
  }

  /** The running sink with this meta (without one: any of this name), or null. */
  async runningSink(symbol: string, meta: RuleMeta | null): Promise<OpenSink | null> {
    const opened = await this.#of('sink', symbol, meta)[0]?.opened;
    return opened?.sink ?? null;
  }

  /**
   * The meta of a source that runs until a client stops it (without one: the first of this name), or null. A source
   * that was started for some rows only ends with them, so it is not returned.
   */
  runningSource(symbol: string, meta: RuleMeta | null): RuleMeta | null {
    return this.#of('source', symbol, meta).find(({ samples }) => samples)?.meta ?? null;
  }

  /** Returns the requested meta if its sockets are free; without a request, a free one. Throws when they are in use. */
  metaFor(kind: SymbolKind, symbol: string, asked: RuleMeta | null): RuleMeta {
    if (kind === 'function') return asked ?? DEFAULT_META;
    if (asked !== null) refuseTaken(symbol, asked, this.#places);
    return asked ?? freeMeta(this.#places);
  }

  /**
   * Stops the symbols of a plugin, so that another program can replace it. The returned function starts them again
   * with the original requests (a source's YAML is read again) and resolves to the failures.
   */
  async hold(plugin: string): Promise<() => Promise<readonly string[]>> {
    const held = this.all.filter((run) => run.plugin === plugin);
    for (const { kind, symbol, meta } of held) this.#runs.delete(symbolKey(kind, symbol, meta));
    await Promise.allSettled(held.map(stopRun));
    return async () => {
      const lost = await Promise.all(held.map((run) => this.#again(run)));
      return lost.filter((text) => text !== null);
    };
  }

  /** Stops all symbols, whatever fails; waits only shortly for a plugin that does not answer. */
  async close(): Promise<void> {
    const all = this.all;
    this.#runs.clear();
    const timeout = new AbortController();
    const enough = this.#options.sleep(LAST_WORDS_MS, timeout.signal);
    await Promise.race([Promise.allSettled(all.map(stopRun)), enough]);
    timeout.abort();
  }

  get #places(): readonly Place[] {
    const { host } = this.#options;
    const open = (kind: SymbolKind) => (one: { request: { symbol: string; meta: RuleMeta } }) => ({
      kind,
      symbol: one.request.symbol,
      meta: one.request.meta,
    });
    // The symbols of this server, and those that others opened in the same host.
    return [
      ...this.all,
      ...host.openSources.map(open('source')),
      ...host.openSinks.map(open('sink')),
    ];
  }

  async #again({ kind, symbol, meta, control, samples }: Run): Promise<string | null> {
    try {
      await this.start({ ...control, meta }, samples);
      return null;
    } catch (error) {
      if (!(error instanceof HostRefusal)) throw error;
      return `${kind} ${symbol}: ${error.message}`;
    }
  }

  #of(kind: SymbolKind, symbol: string, meta: RuleMeta | null): Run[] {
    return this.all.filter(
      (run) =>
        run.kind === kind &&
        run.symbol === symbol &&
        (meta === null || kind === 'function' || isSameMeta(run.meta, meta)),
    );
  }

  #open(control: Control, meta: RuleMeta, plugin: string, samples: boolean): Promise<Opened> {
    const { host, feed, activity, sleep, clock } = this.#options;
    const key = symbolKey(control.kind, control.symbol, meta);
    const fail = (text: string): void => {
      activity.fail(key, text, clock());
      feed.publish({ kind: 'note', plugin, text: `${control.kind} ${control.symbol}: ${text}` });
    };
    const opening = { host, control, meta, samples, sleep, fail };
    if (control.kind === 'source') return openSource(opening);
    return control.kind === 'sink' ? openSink(opening) : openFunction(opening);
  }
}

async function stopRun(run: Run): Promise<void> {
  const opened = await run.opened.catch(() => null);
  // The feed has the plugin's answer to the stop; the symbol is removed in any case, as in eKuiper.
  await opened?.stop().catch((error: unknown) => {
    if (!(error instanceof HostRefusal)) throw error;
  });
}

/** The user of sockets: a symbol with its meta. */
interface Place {
  readonly kind: SymbolKind;
  readonly symbol: string;
  readonly meta: RuleMeta;
}

/**
 * The first meta after {@link DEFAULT_META} that no source and no sink uses: for a request without one, so that all
 * kinds can run at the same time.
 */
function freeMeta(taken: readonly Place[]): RuleMeta {
  let meta = DEFAULT_META;
  for (let number = 2; occupant(meta, taken) !== null; number += 1) {
    meta = { ...DEFAULT_META, opId: `op${number}` };
  }
  return meta;
}

/** Throws HostRefusal when another source or sink uses the sockets of this meta (docs/wire.md#sockets). */
function refuseTaken(symbol: string, meta: RuleMeta, taken: readonly Place[]): void {
  const other = occupant(meta, taken);
  if (other === null) return;
  const { ruleId, opId, instanceId } = meta;
  throw new HostRefusal(
    `${other.kind} ${other.symbol} runs as ${metaText(meta)} and has the socket /tmp/${ruleId}_${opId}_${instanceId}.ipc: ` +
      `give ${symbol} a meta of its own, for example "opId":"${freeMeta(taken).opId}", or leave meta out`,
  );
}

function occupant(meta: RuleMeta, taken: readonly Place[]): Place | null {
  return taken.find((one) => one.kind !== 'function' && isSameMeta(one.meta, meta)) ?? null;
}
