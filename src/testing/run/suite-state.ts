import { isDeepStrictEqual } from 'node:util';
import type { RuleMeta, SymbolHost } from '../../emulator/runtime/symbol-contract.ts';
import type { PluginSymbol } from '../../model/symbol.ts';
import type { Target } from '../../model/target.ts';
import { CaseFailure } from './case-frame.ts';
import { type PluginLog, RULE_PREFIX } from './plugin-log.ts';
import type { CommandPlace } from './setup-process.ts';

/** The path of a Unix socket may have 107 bytes, which include `/tmp/` and `_source_0_ack.ipc`. */
const LONGEST_NAME = 60;

/** Environment variables that a case sets. */
export type Variables = Readonly<Record<string, string>>;

/** The part of the host that suites use. */
export interface SuiteHost extends SymbolHost {
  /**
   * Sends `start` for a symbol, whether the manifest declares it or not; returns the plugin's refusal, or null when it
   * answered `ok`.
   */
  tryStart?(plugin: string, symbol: PluginSymbol, meta: RuleMeta): Promise<string | null>;
  /** The variables that the next processes of a plugin get beside those of the host. */
  setEnvironment(plugin: string, variables: Variables): void;
}

/** What all cases and checks of a suite share. */
export interface SuiteContext {
  readonly host: SuiteHost;
  readonly log: PluginLog;
  readonly plugin: string;
  readonly target: Target;
  readonly project: string | null;
  readonly python: string;
  readonly commands: CommandPlace;
  readonly scratch: string;
  readonly withinMs: number;
  readonly now: () => number;
  /** Aborted by the user. */
  readonly signal: AbortSignal;
  /** A unique rule for each caller, so that no two share a socket. */
  readonly nextRule: () => RuleMeta;
}

/**
 * Makes rule ids that contain the plugin's name: two plugins that are tested at the same time use different sockets.
 */
export function ruleMaker(plugin: string): () => RuleMeta {
  let count = 0;
  return () => {
    count += 1;
    return {
      ruleId: `${RULE_PREFIX}${plugin.slice(0, LONGEST_NAME)}_${count}`,
      opId: 'op',
      instanceId: 0,
    };
  };
}

/**
 * The plugin's process during a suite: restarted after a crash, before the next case. eKuiper would leave it dead
 * (docs/ekuiper.md#dead-plugins); here one case must not fail all the others.
 */
export class Life {
  readonly #suite: SuiteContext;
  readonly #forget: () => void;
  #isDead = false;
  #env: Variables;

  /** `env`: what the running process was started with, beside the variables of the host. */
  constructor(suite: SuiteContext, env: Variables) {
    this.#suite = suite;
    this.#env = env;
    this.#forget = suite.log.onCrash((plugin) => {
      if (plugin === suite.plugin) this.#isDead = true;
    });
  }

  /** Whether the process has ended by itself and was not restarted. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /**
   * Restarts the plugin when it is dead or has other variables. Throws the refusal of the host when it does not start.
   */
  async ensure(env: Variables = this.#env): Promise<void> {
    if (this.#isDead || !isDeepStrictEqual(env, this.#env)) await this.renew(env);
  }

  /** Starts a new process without any started symbols, not even those that eKuiper would start again. */
  async renew(env: Variables = this.#env): Promise<void> {
    const { host, plugin } = this.#suite;
    this.#env = env;
    this.#isDead = true;
    host.setEnvironment(plugin, env);
    // On 1.14 it may never have been started.
    await host.kill(plugin).catch(() => undefined);
    await Promise.all([
      ...host.openFunctions.filter((one) => one.plugin === plugin).map((one) => one.close()),
      ...host.openSources.filter((one) => one.plugin === plugin).map((one) => one.stop()),
      ...host.openSinks.filter((one) => one.plugin === plugin).map((one) => one.stop()),
    ]).catch(() => undefined);
    await host.restart(plugin);
    this.#isDead = false;
  }

  end(): void {
    this.#forget();
  }
}

export interface Interruptions {
  /** Rejects when the plugin ends by itself or the user aborts. */
  readonly promise: Promise<never>;
  /** How the plugin ended, for messages; null while it runs. */
  readonly crash: string | null;
  end(): void;
}

/** Watches for events that end a case or a check early. */
export function interruptions({ log, plugin, signal }: SuiteContext): Interruptions {
  let crash: string | null = null;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  // Callers that wait receive the rejection; without one it must not be unhandled.
  promise.catch(() => undefined);
  const onAbort = (): void => reject(new CaseFailure('interrupted'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const forget = log.onCrash((name, { how }) => {
    if (name !== plugin) return;
    crash = `the plugin ended by itself: ${how}`;
    reject(new CaseFailure(crash));
  });
  return {
    promise,
    get crash() {
      return crash;
    },
    end() {
      signal.removeEventListener('abort', onAbort);
      forget();
    },
  };
}
