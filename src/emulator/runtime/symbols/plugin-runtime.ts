import { has } from '../../../model/behaviours.ts';
import { durationText } from '../../../model/duration.ts';
import type { PluginSymbol, SymbolKind } from '../../../model/symbol.ts';
import type { Target } from '../../../model/target.ts';
import { ReceiveTimedOut } from '../../../sp/errors.ts';
import { diagnosed, HostRefusal } from '../refusal.ts';
import { NothingToAnswer } from '../run/control.ts';
import type { InstanceStatus, PluginSide } from '../run/side.ts';
import type { OnEvent, RuleMeta } from '../symbol-contract.ts';
import { type Control, commandText, metaKey } from './symbol-messages.ts';

/** `/plugins/portables/{name}/status`: the number of running symbols of each rule. */
export interface PluginStatus extends InstanceStatus {
  readonly refCount: Readonly<Record<string, number>>;
}

interface Commanding {
  readonly target: Target;
  /** Timeout of a command's answer, milliseconds. */
  readonly commandMs: number;
  readonly onEvent: OnEvent;
  /** Called when the last symbol was stopped. */
  readonly onUnused: () => void;
}

type Command = 'start' | 'stop';

/**
 * A plugin and its started symbols. Kept across processes and installations, as in eKuiper: a new process gets the
 * commands of the previous one. Source: portable/runtime/plugin_ins_manager.go PluginIns.
 */
export class PluginRuntime<Side extends PluginSide = PluginSide> {
  readonly side: Side;
  readonly remembered = new Remembered();
  readonly #commanding: Commanding;

  constructor(side: Side, commanding: Commanding) {
    this.side = side;
    this.#commanding = commanding;
  }

  get status(): PluginStatus {
    return { refCount: this.remembered.references, ...this.side.status };
  }

  get isRunning(): boolean {
    return this.side.channel !== null;
  }

  /** Starts a symbol and remembers it. Throws HostRefusal with eKuiper's error text. */
  async start(control: Control): Promise<void> {
    await this.#tell('start', control);
    this.remembered.started(control);
  }

  /** Stops a symbol. A failed stop stays remembered, as in eKuiper. Throws HostRefusal. */
  async stop(control: Control): Promise<void> {
    await this.#tell('stop', control);
    this.remembered.stopped(control);
    if (this.remembered.commands.length === 0) this.#commanding.onUnused();
  }

  /** Repeats all commands to a new process; eKuiper does so in the background and in any order. */
  async replay(): Promise<void> {
    await Promise.all(this.remembered.commands.map((control) => this.#tellAgain(control)));
  }

  async #tellAgain(control: Control): Promise<void> {
    try {
      await this.#tell('start', control);
    } catch (error) {
      // A process that has ended meanwhile has set its own error in the status.
      if (this.isRunning) this.side.fail(firstLine(messageOf(error)));
    }
  }

  async #tell(command: Command, control: Control): Promise<void> {
    try {
      await this.#ask(command, control);
      this.#report(command, control, null);
    } catch (error) {
      const refusal = error instanceof HostRefusal ? error : this.#refusal(command, error);
      this.#report(command, control, refusal.message.replace(/^receive error: /, ''));
      throw refusal;
    }
  }

  async #ask(command: Command, control: Control): Promise<void> {
    const { channel, lost } = this.side;
    if (channel === null) throw new HostRefusal(this.#notRunning);
    const timeouts = { timeoutMs: this.#commanding.commandMs, signal: lost };
    const answer = (await channel.ask(commandText(command, control), timeouts)).toString('utf8');
    if (answer === 'ok') return;
    throw new HostRefusal(diagnosed(`receive error: ${answer}`, this.#aboutAnswer(answer)));
  }

  #refusal(command: Command, cause: unknown): HostRefusal {
    const { commandMs, target } = this.#commanding;
    const fault = this.side.channel?.fault ?? null;
    const waited =
      fault === null
        ? `kplugin: no answer to "${command}" within ${durationText(commandMs)}; eKuiper would wait an hour`
        : `kplugin: what it answered to "${command}" is not the protocol: ${fault.message}`;
    if (cause instanceof NothingToAnswer) {
      const words = "can't send message on control rep socket: receive time out";
      return new HostRefusal(diagnosed(words, [waited]), { cause });
    }
    if (cause instanceof ReceiveTimedOut) {
      const words = has(target, 'passes-over-late-handshakes')
        ? 'receive error: '
        : "can't receive: receive time out";
      return new HostRefusal(diagnosed(words, [waited]), { cause });
    }
    return new HostRefusal(diagnosed(this.#notRunning, [`kplugin: ${messageOf(cause)}`]), {
      cause,
    });
  }

  get #notRunning(): string {
    return `plugin ${this.side.name} is not running successfully, please make sure it is valid`;
  }

  #aboutAnswer(answer: string): string[] {
    if (answer === '') {
      return ['kplugin: it answered with nothing; "ok" is what starts and stops a symbol'];
    }
    if (answer !== 'handshake' || has(this.#commanding.target, 'passes-over-late-handshakes'))
      return [];
    return [
      'kplugin: this was the keep-alive that newer SDKs send after 5 s of silence; eKuiper before 2.1.3 takes it for an answer',
    ];
  }

  #report(command: Command, control: Control, error: string | null): void {
    const { pluginType, meta } = control;
    const type: SymbolKind = pluginType === 'func' ? 'function' : pluginType;
    this.#commanding.onEvent({
      kind: 'symbol',
      plugin: this.side.name,
      type,
      symbol: control.symbolName,
      meta: type === 'function' ? null : meta,
      command,
      error,
    });
  }
}

/**
 * The started symbols of a plugin, to be repeated for its next process, and the rules that use it. Two commands with
 * the same meta count as one: functions all have the empty meta, so only the last one is kept
 * (docs/ekuiper.md#functions-after-an-update). Source: portable/runtime/plugin_ins_manager.go.
 */
class Remembered {
  readonly #commands = new Map<string, Control>();
  readonly #references = new Map<string, number>();

  started(control: Control): void {
    this.#commands.set(metaKey(control.meta), control);
    this.#count(control.meta.ruleId, 1);
  }

  stopped(control: Control): void {
    this.#commands.delete(metaKey(control.meta));
    this.#count(control.meta.ruleId, -1);
  }

  /** Removes a command. A function is never stopped, so it is removed only if it was the last one. */
  forget(control: Control): void {
    const key = metaKey(control.meta);
    if (this.#commands.get(key)?.symbolName === control.symbolName) this.#commands.delete(key);
  }

  /** The commands to repeat to a new process, in the order of their first start. */
  get commands(): readonly Control[] {
    return [...this.#commands.values()];
  }

  /** The number of running symbols of each rule; functions belong to no rule. */
  get references(): Readonly<Record<string, number>> {
    const rules = [...this.#references].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(rules);
  }

  get isReferenced(): boolean {
    return this.#references.size > 0;
  }

  #count(rule: string, by: number): void {
    if (rule === '') return;
    const count = (this.#references.get(rule) ?? 0) + by;
    if (count > 0) this.#references.set(rule, count);
    else this.#references.delete(rule);
  }
}

/**
 * Sends `start` for a symbol, whether the manifest declares it or not. Resolves to the plugin's refusal; to null when
 * it answered `ok`, after the symbol was stopped again. Throws HostRefusal when the plugin does not answer.
 */
export async function tryStart(
  runtime: PluginRuntime,
  { kind, name }: PluginSymbol,
  meta: RuleMeta,
): Promise<string | null> {
  const control = {
    symbolName: name,
    meta,
    pluginType: kind === 'function' ? 'func' : kind,
  } as const;
  try {
    await runtime.start(control);
  } catch (error) {
    if (error instanceof HostRefusal && isAnswer(error)) return error.message;
    throw error;
  }
  await runtime.stop(control).catch(() => undefined);
  return null;
}

/** The plugin's own text follows; without it there was no answer (portable/runtime/plugin_ins_manager.go). */
function isAnswer({ message }: HostRefusal): boolean {
  return /^receive error: ./.test(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
