import { dialPush, type PushSocket } from '../../sp/push.ts';
import type { Config } from '../api/context.ts';
import { dataPath } from './channel.ts';
import type { Command } from './command.ts';
import type { Plugin } from './environment.ts';
import { errorText } from './errors.ts';

/**
 * Whether the host waits for an acknowledgement of each row: `requireAck` since 2.0, in any letter case, as it reads it; a
 * number in `requiredACKs` before. Otherwise nobody reads them, and they would pile up.
 */
export function wantsAcks(config: Config): boolean {
  return Object.entries(config).some(([key, value]) => {
    if (key.toLowerCase() === 'requireack') return value === true;
    return key === 'requiredACKs' && typeof value === 'number' && value > 0;
  });
}

/**
 * The acknowledgements of one sink. They wait for nobody: eKuiper 1.14 takes `requiredACKs` out of a rule and then does not read
 * them (it looks for an int where JSON gives it a float), and a sink must not stand still for that.
 */
export class Acks {
  readonly #push: PushSocket;
  #room: Promise<void> | null = null;

  /** Throws DialFailed when the host does not listen for them. */
  static async dial(plugin: Plugin, { rule }: Command): Promise<Acks> {
    const signal = AbortSignal.timeout(plugin.limits.dialMs);
    return new Acks(await dialPush(dataPath(plugin, rule, '_ack'), { signal }));
  }

  private constructor(push: PushSocket) {
    this.#push = push;
  }

  accept(): void {
    this.#send('{}');
  }

  reject(error: unknown): void {
    this.#send(JSON.stringify({ error: errorText(error) }));
  }

  close(): Promise<void> {
    return this.#push.close();
  }

  // eKuiper reads the acknowledgement of a row before it sends the next one, so what is dropped here nobody reads.
  #send(text: string): void {
    if (this.#room !== null) return;
    this.#room = this.#push.offer(text);
    void this.#room?.then(() => {
      this.#room = null;
    });
  }
}
