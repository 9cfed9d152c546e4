import { has } from '../../../model/behaviours.ts';
import { MachineLimit, machineLimitInOutput } from '../../../model/machine-limit.ts';
import { launchProblem, type PluginInfo } from '../../../model/plugin/manifest.ts';
import { diagnosed, type ExitOf, excerpt, exitWords, HostRefusal, isFailure } from '../refusal.ts';
import { type ControlChannel, openControl } from './control.ts';
import { failedHandshake, saysThatSdkIsMissing, waitForHandshake } from './first-handshake.ts';
import { commandOf, isForeignFormat, type PluginProcess, startProcess } from './plugin-process.ts';
import type { Environment, InstanceStatus, PluginSide } from './side.ts';

/**
 * One plugin at run time: its control channel, its process and its state. It is kept after the plugin's removal,
 * because eKuiper's `/status` is (docs/ekuiper.md#status).
 */
export class Instance implements PluginSide {
  readonly name: string;
  readonly #around: Environment;
  #channel: ControlChannel | null = null;
  #process: PluginProcess | null = null;
  #status: InstanceStatus = { status: 'initializing', errMsg: '' };
  #isAlive = false;
  #isShaken = false;
  #isComing = false;
  #loss = new AbortController();
  /** The host itself ended the process. */
  #asked = false;
  #clearing: Promise<void> = Promise.resolve();
  /** The Python of the last start. */
  #python: string;

  constructor(name: string, around: Environment) {
    this.name = name;
    this.#around = around;
    this.#python = around.python;
  }

  get status(): InstanceStatus {
    return this.#status;
  }

  get channel(): ControlChannel | null {
    return this.#isShaken ? this.#channel : null;
  }

  get lost(): AbortSignal {
    return this.#loss.signal;
  }

  get isComing(): boolean {
    return this.#isComing;
  }

  get isGone(): boolean {
    return !this.#isAlive && this.#process === null;
  }

  /** Whether its process runs. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Starts the process and waits for its handshake. Throws HostRefusal with eKuiper's error text followed by kplugin's
   * diagnosis, or MachineLimit; then no process is left. `info.executable` is absolute; `variables`: beside those of the host.
   */
  async start(info: PluginInfo, variables: Environment['env'] = {}): Promise<void> {
    this.#isComing = true;
    await this.#clear();
    this.#status = { status: 'initializing', errMsg: '' };
    const problem = launchProblem(info);
    try {
      if (problem !== null)
        throw this.#fail(problem, `fail to start plugin ${this.name}: ${problem}`);
      this.#channel = await this.#listen();
      this.#process = await this.#launch(info, variables);
      await this.#shakeHands(info, this.#channel, this.#process);
    } catch (error) {
      this.abandon();
      await this.#clear();
      throw error;
    }
  }

  /** Cancels the next process: none follows the ended one. */
  abandon(): void {
    this.#isComing = false;
    if (!this.#isShaken) this.#lose();
  }

  /** Ends the process. `isComing`: another process follows immediately, or {@link abandon}. */
  async stop(isComing = false): Promise<void> {
    this.#isComing = isComing;
    const runs = this.#isAlive || this.#status.status === 'running';
    if (runs) this.#status = { status: 'stop', errMsg: '' };
    await this.#clear();
  }

  fail(errMsg: string): void {
    this.#status = { status: 'error', errMsg };
  }

  async #listen(): Promise<ControlChannel> {
    const { socketFolder, target } = this.#around;
    try {
      return await openControl(socketFolder, this.name, {
        skipsHandshakes: has(target, 'passes-over-late-handshakes'),
        onPeers: (peers) => {
          if (peers > 1) this.#note('a second process connected; is one of an earlier run alive?');
        },
        onDiscard: (body) => this.#note(`said without being asked: ${excerpt(body)}`),
      });
    } catch (error) {
      if (error instanceof MachineLimit) throw this.#limited(error);
      const words = error instanceof Error ? error.message : String(error);
      throw this.#fail(words.split('\n')[0] ?? '', words);
    }
  }

  async #launch(info: PluginInfo, variables: Environment['env']): Promise<PluginProcess> {
    const { python, projectPythons, target, env, machine, onEvent } = this.#around;
    const plugin = this.name;
    this.#python = (await projectPythons?.of(plugin)) ?? python;
    const command = commandOf(info, this.#python, target);
    try {
      if (info.language === 'go' && (await isForeignFormat(info.executable, machine))) {
        throw new HostRefusal(`fork/exec ${info.executable}: exec format error`);
      }
      const started = await startProcess({
        command,
        executable: info.executable,
        env: { ...env, ...variables },
        onLine: (stream, line) => onEvent({ kind: 'output', plugin, stream, line }),
      });
      this.#isAlive = true;
      this.#asked = false;
      onEvent({ kind: 'started', plugin, pid: started.pid, command });
      void started.ended.then((exit) => this.#onEnd(exit));
      return started;
    } catch (error) {
      if (error instanceof MachineLimit) throw this.#limited(error);
      const words = error instanceof Error ? error.message : String(error);
      throw this.#fail(words, `plugin executable ${info.executable} stops with error ${words}`);
    }
  }

  async #shakeHands(
    info: PluginInfo,
    channel: ControlChannel,
    process: PluginProcess,
  ): Promise<void> {
    const { initTimeoutMs, signal, now, onEvent, projectPythons } = this.#around;
    const begin = now();
    const outcome = await waitForHandshake(channel, process, initTimeoutMs, signal);
    const afterMs = now() - begin;
    if (outcome.kind === 'shaken') {
      this.#status = { status: 'running', errMsg: '' };
      this.#isShaken = true;
      this.#isComing = false;
      onEvent({ kind: 'running', plugin: this.name, afterMs });
      return;
    }
    const limit = machineLimitInOutput(process.lastLines);
    if (limit !== null) throw this.#limited(limit);
    const words = `plugin ${info.executable} control handshake error: receive time out`;
    const lacksSdk = saysThatSdkIsMissing(process.lastLines);
    const diagnosis = failedHandshake(outcome, {
      plugin: this.name,
      afterMs,
      python: lacksSdk ? this.#python : null,
      other: (lacksSdk && (await projectPythons?.withSdk(this.#python))) || null,
      channel,
      lastLines: process.lastLines,
    });
    throw this.#fail('receive time out', diagnosed(words, diagnosis));
  }

  #fail(errMsg: string, words: string): HostRefusal {
    this.fail(errMsg);
    return new HostRefusal(words);
  }

  #limited(limit: MachineLimit): MachineLimit {
    this.fail(limit.message);
    return limit;
  }

  #clear(): Promise<void> {
    this.#asked = true;
    this.#clearing = this.#clearing.then(() => this.#removeAll());
    return this.#clearing;
  }

  async #removeAll(): Promise<void> {
    if (this.#process === null && this.#channel === null) return;
    if (await this.#process?.kill()) {
      this.#note(
        'children of the process outlived it; ended here, eKuiper would leave them behind',
      );
    }
    this.#process = null;
    this.#isShaken = false;
    if (!this.#isComing) this.#lose();
    await this.#channel?.close();
    this.#channel = null;
  }

  #lose(): void {
    this.#loss.abort(new Error('its process has ended'));
    this.#loss = new AbortController();
  }

  #onEnd(exit: ExitOf): void {
    this.#isAlive = false;
    const how = exitWords(exit);
    this.#around.onEvent({ kind: 'ended', plugin: this.name, how, asked: this.#asked });
    const diedEarly = this.#status.status === 'initializing' && !this.#asked;
    // eKuiper's handshake error replaces the exit status of a process that ended before its handshake.
    if (isFailure(exit) && !diedEarly) this.#status = { status: 'error', errMsg: how };
    else if (this.#status.status === 'running') this.#note('eKuiper goes on calling it "running"');
    if (!this.#asked && !diedEarly) void this.#clear();
  }

  #note(text: string): void {
    this.#around.onEvent({ kind: 'note', plugin: this.name, text });
  }
}
