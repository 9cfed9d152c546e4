import { has } from '../../../model/behaviours.ts';
import { isDeeper } from '../../../model/json/bounded.ts';
import type { Target } from '../../../model/target.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import { ReceiveTimedOut } from '../../../sp/errors.ts';
import { listenReplyQueue, type ReplyQueue } from '../../../sp/reply-queue.ts';
import { excerpt, HostRefusal } from '../refusal.ts';
import { Asker } from '../run/control.ts';
import type { SymbolEnvironment } from '../run/side.ts';
import { functionPath, listenOr } from '../run/symbol-sockets.ts';
import type { FunctionContext, OpenFunction } from '../symbol-contract.ts';
import type { PluginRuntime } from './plugin-runtime.ts';
import { type Control, NO_RULE } from './symbol-messages.ts';

type Call = 'Validate' | 'IsAggregate' | 'Exec';

/**
 * Listens on a function's socket, then starts the function once for all rules, as eKuiper does. Throws HostRefusal;
 * then nothing is left open. Source: portable/runtime/function.go.
 */
export async function openFunction(
  symbol: string,
  runtime: PluginRuntime,
  around: SymbolEnvironment,
  onClosed: (one: OpenFunction) => void,
): Promise<OpenFunction> {
  const path = functionPath(around.socketFolder, symbol);
  const words = `can't listen on rep socket for ipc://${path}`;
  const rival = 'a plugin with a function of this name';
  let peers = 0;
  const { name } = runtime.side;
  const fault = (text: string): void => around.fault(name, `function ${symbol} ${text}`);
  const onConnect = (): void => {
    peers += 1;
    if (peers > 1) {
      fault('has two connections: answers get mixed up now, a row gets the result of another one');
    }
  };
  const onDisconnect = (): void => {
    peers -= 1;
  };
  const onFault = ({ message }: Error): void =>
    fault(`sent what is not the protocol: ${message}; its connection was closed`);
  const socket = await listenOr({ path, words, rival }, () =>
    listenReplyQueue(path, { onConnect, onDisconnect, onFault }),
  );
  const control: Control = { symbolName: symbol, meta: NO_RULE, pluginType: 'func' };
  try {
    await runtime.start(control);
  } catch (error) {
    await socket.close();
    throw error;
  }
  const onDiscard = (body: Buffer): void =>
    around.note(name, `function ${symbol} answered late: ${excerpt(body)}`);
  let isEarly = false;
  const onEarly = (body: Buffer): void => {
    // Reported once: it then applies to every call.
    if (!isEarly) {
      fault(
        `answered before it was asked: ${excerpt(body)}; from now on answers may be one call off`,
      );
    }
    isEarly = true;
  };
  const asker = new Asker(socket, { onDiscard, onEarly });
  return new CalledFunction({ symbol, control, socket, asker, runtime, around, onClosed });
}

interface Parts {
  readonly symbol: string;
  readonly control: Control;
  readonly socket: ReplyQueue;
  readonly asker: Asker;
  readonly runtime: PluginRuntime;
  readonly around: SymbolEnvironment;
  readonly onClosed: (one: OpenFunction) => void;
}

class CalledFunction implements OpenFunction {
  count = 0;
  readonly symbol: string;
  readonly #parts: Parts;
  #isAggregate: boolean | null = null;
  #isClosed = false;

  constructor(parts: Parts) {
    this.symbol = parts.symbol;
    this.#parts = parts;
  }

  get plugin(): string {
    return this.#parts.runtime.side.name;
  }

  get target(): Target {
    return this.#parts.around.target;
  }

  validate(args: readonly unknown[]): Promise<void> {
    // eKuiper's list of no arguments is Go's nil (xsql/func_invoker.go), which its JSON writes as null.
    const question = encode('Validate', args.length === 0 ? null : args);
    return this.#call('Validate', args, question, checkValidated);
  }

  async isAggregate(): Promise<boolean> {
    if (this.#isAggregate !== null) return this.#isAggregate;
    const question = encode('IsAggregate', null);
    this.#isAggregate = await this.#call('IsAggregate', [], question, aggregateOf);
    return this.#isAggregate ?? false;
  }

  exec(args: readonly unknown[], context: FunctionContext): Promise<unknown> {
    this.count += 1;
    const { ruleId, opId, instanceId, funcId } = context;
    const rule = JSON.stringify({ ruleId, opId, instanceId, funcId });
    return this.#call('Exec', args, encode('Exec', [...args, rule]), resultOf);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { socket, runtime, control, onClosed } = this.#parts;
    runtime.remembered.forget(control);
    onClosed(this);
    await socket.close();
  }

  async #call<T>(
    call: Call,
    args: readonly unknown[],
    question: string,
    decode: (body: Buffer) => T,
  ): Promise<T> {
    const { onData, now } = this.#parts.around;
    if (onData === null) return decode(await this.#ask(question));
    const begin = now();
    const { plugin, symbol } = this;
    const seen = { kind: 'call', plugin, symbol, call, args } as const;
    try {
      const result = decode(await this.#ask(question));
      onData({ ...seen, outcome: { result: result ?? null }, ms: now() - begin });
      return result;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      onData({ ...seen, outcome: { error: words }, ms: now() - begin });
      throw error;
    }
  }

  async #ask(question: string): Promise<Buffer> {
    const { asker, runtime, around } = this.#parts;
    const timeoutMs = around.timeouts.receiveMs;
    // eKuiper waits for the timeout of a dead process; this host knows that it is dead.
    if (!runtime.isRunning && !runtime.side.isComing) {
      throw this.#timedOut(asker.answerInVain() ? new ReceiveTimedOut(timeoutMs) : null);
    }
    const timeouts = { timeoutMs, signal: runtime.side.lost };
    try {
      return await asker.ask(question, timeouts);
    } catch (error) {
      if (this.#isClosed) throw new HostRefusal('object closed', { cause: error });
      throw this.#timedOut(error);
    }
  }

  /** The error text since issues #3784 and #4077, which 1.14 does not have yet. */
  #timedOut(cause: unknown): HostRefusal {
    const { runtime, around } = this.#parts;
    const { status, errMsg } = runtime.status;
    if (has(around.target, 'names-plugin-on-timeout')) {
      const words = `time out, plugin ${this.plugin} status ${status}, message: ${errMsg}`;
      return new HostRefusal(words, { cause });
    }
    const before =
      cause instanceof ReceiveTimedOut ? '' : "can't send message on function rep socket: ";
    return new HostRefusal(`${before}receive time out`, { cause });
  }
}

function encode(func: Call, arg: readonly unknown[] | null): string {
  return JSON.stringify({ func, arg: arg === null ? null : arg.map(asGo) });
}

/** Go encodes bytes as base64. */
function asGo(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** The answer of a function: `{"state":true,"result":…}`, or state false with the error as the result. */
interface FunctionReply {
  readonly state: boolean;
  readonly result: unknown;
}

/** Null when the bytes are no such answer; a missing state is false, as in Go. */
export function decodeReply(body: Buffer): FunctionReply | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const state = 'state' in value ? value.state : false;
    if (typeof state !== 'boolean') return null;
    const result = 'result' in value ? value.result : null;
    if (!isDeeper(result, TEXT_LIMITS.jsonDepth)) return { state, result };
    // A deeper value could not be encoded again for the symbol API, the log and the cases.
    const words = `kplugin follows what a function answers ${TEXT_LIMITS.jsonDepth} levels deep, and no deeper`;
    return { state: false, result: words };
  } catch {
    return null;
  }
}

/** Returns the result of `Exec`. Throws HostRefusal with the function's error (function.go Exec). */
function resultOf(body: Buffer): unknown {
  const reply = decodeReply(body);
  if (reply === null) {
    throw new HostRefusal(`Failed to unmarshal function result ${body.toString('utf8')}`);
  }
  if (reply.state) return reply.result;
  throw new HostRefusal(typeof reply.result === 'string' ? reply.result : goValue(reply.result));
}

/** Throws HostRefusal when `Validate` refused the arguments (function.go Validate). */
function checkValidated(body: Buffer): void {
  const reply = decodeReply(body);
  if (reply === null) {
    throw new HostRefusal(`cannot decode the answer to Validate: ${body.toString('utf8')}`);
  }
  if (reply.state) return;
  const got = `&{State:false Result:${goValue(reply.result)}}`;
  throw new HostRefusal(`validate return state is false, got ${got}`);
}

/** Null when the answer is no boolean: eKuiper then uses false and asks again the next time. */
export function aggregateOf(body: Buffer): boolean | null {
  const reply = decodeReply(body);
  return reply?.state && typeof reply.result === 'boolean' ? reply.result : null;
}

/** A JSON value as Go's `%v` prints it: `map[a:1 b:[x <nil>]]`. */
function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${members.map(([key, one]) => `${key}:${goValue(one)}`).join(' ')}]`;
}
