import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { DiagnosticsChannel } from 'undici';

/** The code of the error that {@link Overhead} reports; networkFailure has its message. */
export const OVERHEAD = 'KPLUGIN_OVERHEAD';

/** Limit of interim responses: eKuiper sends none, a proxy one or two (RFC 9110, section 15.2; RFC 8297). */
const MOST_INTERIM = 16;
/** Wire bytes per byte of the response: one-byte chunks take six (RFC 9112, section 7.1); Go writes larger chunks. */
const PER_BYTE = 8;
/** Allowance for status lines, headers, and bytes that are read before undici has parsed them. */
const ALLOWANCE = 1024 * 1024;

/**
 * Limits the bytes received for one response that are not its body: interim responses, chunk extensions, blank lines.
 * undici reads them without a limit and does not report most of them.
 */
export class Overhead {
  #socket: Socket | null = null;
  #before = 0;
  #body = 0;
  #interim = 0;

  /**
   * `tell` is called with the error, possibly more than once, and possibly while undici still processes what it has
   * read.
   */
  constructor(private readonly tell: (why: Error) => void) {}

  /** Call it when undici starts a request: undici writes the request first. */
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
    // undici's types describe the channel's messages; Node's types do not.
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
