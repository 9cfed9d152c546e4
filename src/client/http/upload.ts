import type { Dispatcher } from 'undici';

/** Bytes in a millisecond: links to small machines are slow, but a link that is slower is of no use for an upload. */
const SLOWEST = 8;

interface Timed {
  /** Milliseconds. */
  readonly timeout: number;
  readonly body?: { readonly length: number };
}

/** Timeout in milliseconds for the whole request: a streamed body has more time the longer it is. */
export function wholeTimeout({ timeout, body }: Timed): number {
  return timeout + Math.ceil((body?.length ?? 0) / SLOWEST);
}

/** A streamed body has undici's timeout per step too; `exchange` has one for the whole of every request. */
export function stepLimits(
  wanted: Timed,
): Pick<Dispatcher.DispatchOptions, 'headersTimeout' | 'bodyTimeout'> {
  const limit = wanted.body ? wanted.timeout : 0;
  return { headersTimeout: limit, bodyTimeout: limit };
}

interface Body {
  readonly length: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Counts how much of a streamed body was handed to the connection. */
export class Upload {
  sent = 0;
  readonly size: number;

  constructor(private readonly body: Body) {
    this.size = body.length;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.body.chunks()) {
      yield chunk;
      this.sent += chunk.length;
    }
  }
}
