import type { Log } from '../api/context.ts';
import { type FunctionContext, type FunctionSymbol, fromBytes } from '../api/function.ts';
import { isObject } from './command.ts';
import { errorText } from './errors.ts';

const MANY = 1000;

/** Answers the requests on a function socket (docs/wire.md#data); synchronously if the function is synchronous. */
export class Calls {
  readonly #symbol: FunctionSymbol;
  readonly #log: Log;
  readonly #known = new Set<string>();
  #contexts = new Map<string, FunctionContext>();

  constructor(symbol: FunctionSymbol, log: Log) {
    this.#symbol = symbol;
    this.#log = log;
  }

  /** Never throws: an error is returned as an answer. */
  readonly answer = (question: Buffer): string | Promise<string> => {
    try {
      return this.#ask(JSON.parse(question.toString()));
    } catch (error) {
      return this.#failed(error);
    }
  };

  #ask(question: unknown): string | Promise<string> {
    const { func, arg } = isObject(question) ? question : {};
    switch (func) {
      case 'Exec':
        return this.#exec(listOf(arg));
      case 'Validate':
        // For a call without arguments eKuiper sends null: Go encodes a nil slice as null.
        return this.#validate(listOf(arg === null ? [] : arg));
      case 'IsAggregate':
        return succeeded(this.#isAggregate());
      default:
        throw new Error(`invalid func ${String(func)}`);
    }
  }

  #exec(args: unknown[]): string | Promise<string> {
    const context = this.#contextOf(args.pop());
    const result = this.#symbol.exec(args, context);
    return isPromise(result) ? this.#later(result, succeeded) : succeeded(result);
  }

  #validate(args: readonly unknown[]): string | Promise<string> {
    const result: unknown = this.#symbol.validate?.(args);
    return isPromise(result) ? this.#later(result, judged) : judged(result);
  }

  #isAggregate(): boolean {
    const { isAggregate = false } = this.#symbol;
    return typeof isAggregate === 'function' ? isAggregate.call(this.#symbol) : isAggregate;
  }

  async #later(result: PromiseLike<unknown>, reply: (result: unknown) => string): Promise<string> {
    try {
      return reply(await result);
    } catch (error) {
      return this.#failed(error);
    }
  }

  // eKuiper shows the message with every row; the stack is logged only once.
  #failed(error: unknown): string {
    const text = errorText(error);
    if (this.#known.size < MANY && !this.#known.has(text)) {
      this.#known.add(text);
      this.#log.error('failed:', error);
    }
    return JSON.stringify({ state: false, result: text });
  }

  #contextOf(text: unknown): FunctionContext {
    if (typeof text !== 'string') throw new Error('exec function context not found');
    const known = this.#contexts.get(text);
    if (known !== undefined) return known;
    // Rules are created and deleted over years, so the full cache is emptied; a caller then gets an equal new object.
    if (this.#contexts.size >= MANY) this.#contexts = new Map();
    const context = parseContext(text, this.#log);
    this.#contexts.set(text, context);
    return context;
  }
}

/** Parses `{ruleId,opId,instanceId,funcId}`, the last argument of every Exec. */
function parseContext(text: string, log: Log): FunctionContext {
  const meta: unknown = JSON.parse(text);
  if (!isObject(meta)) throw new Error(`cannot parse function context ${text}`);
  const rule = {
    ruleId: String(meta['ruleId'] ?? ''),
    opId: String(meta['opId'] ?? ''),
    instanceId: Number(meta['instanceId'] ?? 0),
  };
  const funcId = Number(meta['funcId'] ?? 0);
  const key = `${rule.ruleId}_${rule.opId}_${rule.instanceId}_${funcId}`;
  return { rule, funcId, key, log };
}

function listOf(arg: unknown): unknown[] {
  if (Array.isArray(arg)) return arg;
  throw new Error('argument is not a list');
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

function succeeded(result: unknown): string {
  const value = result instanceof Uint8Array ? fromBytes(result) : result;
  // Values that JSON cannot hold, like undefined or a function, become null.
  return `{"state":true,"result":${JSON.stringify(value) ?? 'null'}}`;
}

function judged(verdict: unknown): string {
  if (typeof verdict === 'string' && verdict !== '') {
    return JSON.stringify({ state: false, result: verdict });
  }
  return succeeded('');
}
