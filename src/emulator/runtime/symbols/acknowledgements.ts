import { durationText } from '../../../model/duration.ts';
import { parseForeignJson } from '../../../model/json/bounded.ts';
import { excerpt } from '../excerpt.ts';
import { diagnosed, HostRefusal } from '../refusal.ts';
import { withTimeout } from '../with-timeout.ts';

/** Null for a success, else the sink's error. */
export type Acknowledgement = string | null;

/** The number of acknowledgements kept for later rows; eKuiper's socket queues about as many. */
const KEPT = 128;

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

const LATE = Symbol('late');

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
