import { setTimeout as sleep } from 'node:timers/promises';
import { has } from '../../model/behaviours.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { AdoptedSide } from '../runtime/run/adopted.ts';
import { Instance } from '../runtime/run/instance.ts';
import type { Environment } from '../runtime/run/side.ts';
import type { Adopted } from '../runtime/symbol-contract.ts';
import { PluginRuntime, type PluginStatus } from '../runtime/symbols/plugin-runtime.ts';

/** How long 1.14 and 2.0 may take to notice that a process they killed has ended. */
const UNNOTICED_MS = 1_000;

/** How long after its last symbol was stopped 1.14 ends a plugin. */
const UNUSED_MS = 1_000;

interface RuntimesOptions {
  readonly around: Environment;
  readonly commandMs: number;
  /** Runs tasks that start or end processes, one after the other. */
  readonly exclusively: <T>(task: () => Promise<T>) => Promise<T>;
}

interface Adoption {
  readonly info: PluginInfo;
  readonly files: string;
  readonly runtime: PluginRuntime<AdoptedSide>;
}

/** Every plugin at run time, by name: with a process of the host or an attached process. */
export class Runtimes {
  readonly #options: RuntimesOptions;
  /** Includes deleted plugins: `/status` still answers for them, and their channels stay open. */
  readonly #own = new Map<string, PluginRuntime<Instance>>();
  readonly #adopted = new Map<string, Adoption>();
  /** Variables of single plugins. */
  readonly #variables = new Map<string, Environment['env']>();
  /**
   * Plugins that eKuiper 1.14 and 2.0 still consider running while their process is being killed, with the time of the
   * kill (docs/ekuiper.md#killed-by-an-update).
   */
  readonly #takenForRunning = new Map<string, number>();
  /** Starts in progress. */
  readonly #starts = new Set<Promise<void>>();

  constructor(options: RuntimesOptions) {
    this.#options = options;
  }

  status(name: string): PluginStatus | null {
    return this.#find(name)?.status ?? null;
  }

  get adopted(): readonly PluginInfo[] {
    return [...this.#adopted.values()].map(({ info }) => info);
  }

  /** Directory of the files of a plugin with an attached process; null for an installed one. */
  filesOf(name: string): string | null {
    return this.#adopted.get(name)?.files ?? null;
  }

  /** Starts the process and waits for its handshake, then starts its symbols in the background. Throws HostRefusal. */
  async start(info: PluginInfo): Promise<void> {
    const runtime = this.#ownOf(info.name);
    const start = runtime.side.start(info, this.#variables.get(info.name));
    this.#starts.add(start);
    try {
      await start;
    } finally {
      this.#starts.delete(start);
    }
    void runtime.replay();
  }

  /** Sets the variables that the next processes of a plugin get beside those of the host. */
  setEnvironment(name: string, variables: Environment['env']): void {
    this.#variables.set(name, variables);
  }

  /** Resolves when no handshake is pending. */
  async settled(): Promise<void> {
    while (this.#starts.size > 0) await Promise.allSettled(this.#starts);
  }

  /**
   * Returns the runtime of a running plugin; starts a dead one, as eKuiper does when a symbol needs it. Throws
   * HostRefusal.
   */
  async running(info: PluginInfo): Promise<PluginRuntime> {
    const adoption = this.#adopted.get(info.name);
    if (adoption) {
      await adoption.runtime.side.running();
      return adoption.runtime;
    }
    const runtime = this.#ownOf(info.name);
    if (runtime.isRunning) return runtime;
    await this.#options.exclusively(async () => {
      if (!runtime.isRunning) await this.start(info);
    });
    return runtime;
  }

  /** Whether started symbols of a plugin wait for its next process. */
  hasCommands(name: string): boolean {
    return (this.#own.get(name)?.remembered.commands.length ?? 0) > 0;
  }

  /**
   * Ends the process. `isUpdate`: a new process follows immediately. Then 2.0 may consider the ending process as
   * running and not start the new one; 1.14 and 2.0 both do that while a rule uses the plugin.
   */
  async end(name: string, isUpdate: boolean): Promise<void> {
    const runtime = this.#own.get(name);
    if (runtime === undefined) return;
    const { target, now } = this.#options.around;
    const isHasty = has(target, 'takes-dying-for-running');
    const isTaken =
      runtime.remembered.isReferenced || (isUpdate && has(target, 'kills-on-every-other-update'));
    const isBelieved = isHasty && runtime.side.isAlive && isTaken;
    await runtime.side.stop(isUpdate);
    if (isBelieved) this.#takenForRunning.set(name, now());
  }

  /**
   * Whether an installation does not start a process this time: only when it immediately follows the end of the
   * previous process (docs/ekuiper.md#killed-by-an-update).
   */
  staysDead(name: string): boolean {
    const since = this.#takenForRunning.get(name);
    this.#takenForRunning.delete(name);
    return since !== undefined && this.#options.around.now() - since < UNNOTICED_MS;
  }

  /** Cancels the process that was to follow an ended one, so that no caller waits for it. */
  abandon(name: string): void {
    if (this.#own.get(name)?.isRunning === false) this.#own.get(name)?.side.abandon();
  }

  /** Kills the process like a crash: started symbols stay registered for the next process. */
  kill(name: string): Promise<void> {
    return this.#options.exclusively(() => this.#ownOf(name).side.stop());
  }

  restart(info: PluginInfo): Promise<void> {
    return this.#options.exclusively(async () => {
      await this.#ownOf(info.name).side.stop(true);
      await this.start(info);
    });
  }

  /** Listens for a process that the user starts. Throws HostRefusal. */
  async adopt(info: PluginInfo, files: string): Promise<Adopted> {
    if (this.#find(info.name) !== null) {
      throw new HostRefusal(`invalid name ${info.name}: duplicate`);
    }
    const { around } = this.#options;
    const side = new AdoptedSide(info.name, around, () => void runtime.replay());
    const runtime = new PluginRuntime(side, this.#commanding());
    await side.open();
    this.#adopted.set(info.name, { info, files, runtime });
    return { handshake: side.handshake };
  }

  /** Ends every process that the host started, and removes the control sockets. */
  async close(): Promise<void> {
    const adopted = [...this.#adopted.values()].map(({ runtime }) => runtime);
    await Promise.all([...this.#own.values(), ...adopted].map(({ side }) => side.stop()));
  }

  #find(name: string): PluginRuntime | null {
    return this.#own.get(name) ?? this.#adopted.get(name)?.runtime ?? null;
  }

  #ownOf(name: string): PluginRuntime<Instance> {
    const known = this.#own.get(name);
    if (known) return known;
    const side = new Instance(name, this.#options.around);
    const runtime = new PluginRuntime(
      side,
      this.#commanding(() => this.#endUnused(name)),
    );
    this.#own.set(name, runtime);
    return runtime;
  }

  #commanding(onUnused: () => void = () => undefined) {
    const { around, commandMs } = this.#options;
    const { target, onEvent } = around;
    return { target, commandMs, onEvent, onUnused };
  }

  #endUnused(name: string): void {
    const { around, exclusively } = this.#options;
    if (has(around.target, 'starts-at-install')) return;
    sleep(UNUSED_MS, null, { signal: around.signal, ref: false })
      .then(() =>
        exclusively(async () => {
          if (!this.hasCommands(name)) await this.#own.get(name)?.side.stop();
        }),
      )
      .catch(() => undefined);
  }
}
