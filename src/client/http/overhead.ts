import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { DiagnosticsChannel } from 'undici';

/** What {@link Overhead} breaks off with; networkFailure words it. */
export const OVERHEAD = 'KPLUGIN_OVERHEAD';

/** How many interim answers are taken: eKuiper sends none, a proxy one or two (RFC 9110, section 15.2; RFC 8297). */
const MOST_INTERIM = 16;
/** Chunks of one byte each take six (RFC 9112, section 7.1); Go sends them by kilobytes. */
const PER_BYTE = 8;
/** Status lines, headers, and what is read before undici has looked at it. */
const ALLOWANCE = 1024 * 1024;

/**
 * Watches what comes over the wire for one answer and is no part of it: interim answers, chunk extensions, blank lines.
 * undici reads them without a limit and tells its caller nothing of most of them.
 */
export class Overhead {
  #socket: Socket | null = null;
  #before = 0;
  #body = 0;
  #interim = 0;

  /** `tell` is called with the reason while undici may still be at work on what it has read, maybe more than once. */
  constructor(private readonly tell: (why: Error) => void) {}

  /** To be called when undici starts a request: it sends it before it does anything else. */
  start(): void {
    subscribe(SENT, this.#sent);
  }

  interim(): void {
    this.#interim += 1;
    if (this.#interim > MOST_INTERIM) this.tell(tooManyInterim());
  }

  body(bytes: number): void {
    this.#body += bytes;
  }

  end(): void {
    unsubscribe(SENT, this.#sent);
    this.#socket?.off('readable', this.#read);
    this.#socket = null;
  }

  readonly #sent = (message: unknown): void => {
    unsubscribe(SENT, this.#sent);
    // undici's own types name what its channel holds; Node's cannot.
    const { socket } = message as DiagnosticsChannel.ClientSendHeadersMessage;
    this.#socket = socket;
    this.#before = socket.bytesRead;
    socket.on('readable', this.#read);
  };

  readonly #read = (): void => {
    const wire = (this.#socket?.bytesRead ?? 0) - this.#before;
    if (wire <= ALLOWANCE + PER_BYTE * this.#body) return;
    this.tell(overhead(`it sent ${wire} bytes to give ${this.#body} bytes of an answer`));
  };
}

const SENT = 'undici:client:sendHeaders';

function tooManyInterim(): Error {
  return overhead(`it sent more than ${MOST_INTERIM} interim answers (HTTP status 1xx)`);
}

function overhead(message: string): Error {
  return Object.assign(new Error(message), { code: OVERHEAD });
}
