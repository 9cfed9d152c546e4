import { dialRequest, type RequestSocket } from '../../sp/request.ts';

export interface Talk {
  /** Answers a request; never throws or rejects. */
  readonly answer: (question: Buffer) => string | Promise<string>;
  /** Aborts the wait for the first connection. */
  readonly signal: AbortSignal;
  /** After this time without a request `handshake` is sent once more; default: never. */
  readonly silenceMs?: number;
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
}

export interface Conversation {
  close(): void;
}

const HANDSHAKE = 'handshake';

/**
 * The plugin's end of a control or function socket: sends `handshake`, then answers the host's requests, one at a time
 * (docs/wire.md#request-and-reply). A new connection begins with a new `handshake`, never with the answer to a request
 * of the old one. Resolves with the first connection; throws DialFailed.
 */
export async function converse(path: string, talk: Talk): Promise<Conversation> {
  const line = new Line(talk);
  const socket = await dialRequest(path, {
    signal: talk.signal,
    onConnect: () => talk.onConnect?.(),
    onDisconnect: () => line.hangUp(),
  });
  line.begin(socket);
  return line;
}

class Line implements Conversation {
  readonly #talk: Talk;
  #socket: RequestSocket | null = null;
  #silence: NodeJS.Timeout | undefined;
  /** Counts connections: a request of an earlier connection is not answered on the present one. */
  #connection = 0;
  #isAsked = false;
  #lastSaid = '';
  #isClosed = false;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  begin(socket: RequestSocket): void {
    this.#socket = socket;
    const { silenceMs } = this.#talk;
    if (silenceMs !== undefined) {
      this.#silence = setTimeout(() => this.#breakSilence(), silenceMs);
      this.#silence.unref();
    }
    this.#say(HANDSHAKE);
  }

  hangUp(): void {
    if (this.#isClosed) return;
    this.#connection += 1;
    // Replaces an answer that would otherwise be sent again on the next connection.
    if (!this.#isAsked) this.#say(HANDSHAKE);
    this.#talk.onDisconnect?.();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#silence);
    this.#socket?.close();
    this.#socket = null;
  }

  // Only once: the host reads none of them while it sends no requests, so more would pile up.
  #breakSilence(): void {
    if (!this.#isAsked && this.#lastSaid !== HANDSHAKE) this.#say(HANDSHAKE);
  }

  #say(text: string): void {
    this.#isAsked = false;
    this.#lastSaid = text;
    this.#silence?.refresh();
    this.#socket?.request(text).then(
      (question) => this.#asked(question),
      // Replaced by a newer request, or closed.
      () => undefined,
    );
  }

  #asked(question: Buffer): void {
    this.#isAsked = true;
    const answer = this.#talk.answer(question);
    if (typeof answer === 'string') {
      this.#say(answer);
      return;
    }
    const connection = this.#connection;
    void answer.then((text) => this.#say(connection === this.#connection ? text : HANDSHAKE));
  }
}
