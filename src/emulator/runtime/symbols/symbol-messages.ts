import { durationText } from '../../../model/duration.ts';
import { parseForeignJson } from '../../../model/json/bounded.ts';
import { unsupportedByJson } from '../../../model/json/node.ts';
import { withTimeout } from '../../../sp/deadline.ts';
import { diagnosed, excerpt, HostRefusal } from '../refusal.ts';
import type { RuleMeta, SymbolConfig } from '../symbol-contract.ts';

/** The number of acknowledgements kept for later rows; eKuiper's socket queues about as many. */
const KEPT = 128;

const LATE = Symbol('late');

/** The argument of `start` and `stop`; `func` is eKuiper's name in the protocol (docs/wire.md#commands). */
export interface Control {
  readonly symbolName: string;
  readonly meta: RuleMeta;
  readonly pluginType: 'source' | 'sink' | 'func';
  /** The topic next to the configuration, as 1.14 sends it; absent when empty. */
  readonly dataSource?: string;
  /** Absent when empty, like Go's omitempty. */
  readonly config?: SymbolConfig;
}

/** The meta of every function: functions belong to no rule (docs/ekuiper.md#functions-after-an-update). */
export const NO_RULE: RuleMeta = { ruleId: '', opId: '', instanceId: 0 };

/** Encodes a command for the control channel: its argument is JSON text inside JSON. */
export function commandText(cmd: 'start' | 'stop', control: Control): string {
  return JSON.stringify({ cmd, arg: controlText(control) });
}

/**
 * Encodes the control object like Go: fields in order, the keys of the configuration sorted at every level. Throws
 * HostRefusal for values without JSON form: .nan, .inf, a YAML map with keys that are no text.
 */
export function controlText({ symbolName, meta, pluginType, dataSource, config }: Control): string {
  const { ruleId, opId, instanceId } = meta;
  return JSON.stringify({
    symbolName,
    meta: { ruleId, opId, instanceId },
    pluginType,
    ...(dataSource ? { dataSource } : {}),
    ...(config && Object.keys(config).length > 0 ? { config: sorted(config) } : {}),
  });
}

function sorted(value: unknown): unknown {
  const unsupported = unsupportedByJson(value);
  if (unsupported !== null) throw new HostRefusal(`json: ${unsupported}`);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, one]) => [key, sorted(one)]));
}

/** The key by which started symbols are remembered. */
export function metaKey({ ruleId, opId, instanceId }: RuleMeta): string {
  return JSON.stringify([ruleId, opId, instanceId]);
}

/** Null for a success, else the sink's error. */
type Acknowledgement = string | null;

/** `{}` is a success, `{"error":"…"}` is not; bytes that are no JSON count as an error (sink.go). */
export function decodeAcknowledgement(body: Buffer): Acknowledgement {
  const text = body.toString('utf8');
  try {
    const value: unknown = parseForeignJson(text);
    if (typeof value !== 'object' || value === null) return null;
    const error = 'error' in value ? value.error : '';
    return typeof error === 'string' && error !== '' ? error : null;
  } catch {
    return `the acknowledgement is no JSON: ${excerpt(text)}`;
  }
}

/** The acknowledgements of a sink, in their order. */
export class Acknowledgements {
  readonly #early: Acknowledgement[] = [];
  readonly #waiting: ((one: Acknowledgement) => void)[] = [];

  put(one: Acknowledgement): void {
    const first = this.#waiting.shift();
    if (first) first(one);
    else if (this.#early.length < KEPT) this.#early.push(one);
  }

  /** Waits for the next one. Throws HostRefusal for an error or a timeout. */
  async next(timeoutMs: number): Promise<void> {
    const early = this.#early.shift();
    const one = early === undefined ? await this.#wait(timeoutMs) : early;
    if (one !== null) throw new HostRefusal(one);
  }

  async #wait(timeoutMs: number): Promise<Acknowledgement> {
    let settle: (one: Acknowledgement) => void = () => undefined;
    const promise = new Promise<Acknowledgement>((resolve) => {
      settle = resolve;
    });
    this.#waiting.push(settle);
    const one = await withTimeout(promise, timeoutMs, LATE);
    if (one !== LATE) return one;
    this.#waiting.splice(this.#waiting.indexOf(settle), 1);
    throw new HostRefusal(
      diagnosed('receive time out', [
        `kplugin: no acknowledgement within ${durationText(timeoutMs)}; with requireAck eKuiper would wait for ever (the Go SDK sends none since 2.2.2, a sink in Python has to call ctx.ack_ok())`,
      ]),
    );
  }
}
