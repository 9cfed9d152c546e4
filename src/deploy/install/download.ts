import { setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Agent, type Dispatcher } from 'undici';
import { Overhead } from '../../client/http/exchange.ts';
import { foreignWords } from '../../client/http/foreign-text.ts';
import { durationText } from '../../model/duration.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord, sourceLabel } from '../../model/shell-word.ts';
import { signalWithin } from '../../sp/deadline.ts';
import type { InstallWatcher } from '../change/change.ts';
import { type Answer, decoded, follow } from './follow.ts';

/** eKuiper accepts uploads of at most 1 GiB. */
const LIMIT = 1024 ** 3;

/** Milliseconds that every download may take, whatever `--timeout` says about answers. */
const TIME_LIMIT = 300_000;

/** Bytes per buffer and per write: a server may send single bytes, and a write for each costs more than receiving it. */
const PIECE = 256 * 1024;

interface DownloadOptions {
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Milliseconds of `--timeout`: more than {@link TIME_LIMIT} is waited. Null when it is not given. */
  readonly limit: number | null;
  readonly watcher: Pick<InstallWatcher, 'waiting' | 'settled'>;
}

/**
 * Downloads a package into the scratch directory; resolves to its path. Follows redirects. Throws exit 3 when the
 * download fails, exit 2 for a URL with a user and password. Messages never contain possible secrets of the URL.
 */
export async function download(
  url: string,
  options: DownloadOptions,
  least = TIME_LIMIT,
): Promise<string> {
  const label = sourceLabel(url);
  if (hasPassword(url)) throw passwordInUrl(label);
  const file = path.join(options.scratch, 'download.zip');
  const limit = Math.max(least, options.limit ?? 0);
  options.watcher.waiting(`for ${label}`, limit);
  const signal = signalWithin(limit, options.signal);
  // Every connection and every request adds a listener to it.
  setMaxListeners(0, signal);
  const agent = new Agent({ connect: { signal } });
  const seen = { bytes: 0 };
  try {
    const answer = await follow(agent.compose(bounded), new URL(url), signal);
    if (answer.status < 200 || answer.status > 299) {
      throw cannot(label, `the server answered ${answer.status}`);
    }
    if (answer.status === 204 || answer.status === 205) throw cannot(label, 'the answer is empty');
    await save(answer, file, { label, signal, seen });
    return file;
  } catch (thrown) {
    options.signal.throwIfAborted();
    if (thrown instanceof KpluginError) throw thrown;
    if (signal.aborted) throw tooSlow(label, seen.bytes, limit);
    throw cannot(label, causeOf(thrown).replaceAll(url, label), thrown);
  } finally {
    options.watcher.settled();
    // Not awaited: the response is no longer needed.
    await agent.destroy();
  }
}

/**
 * Some servers reject such a URL, and error messages repeat it. A URL that cannot be parsed is checked with a pattern.
 */
function hasPassword(url: string): boolean {
  if (!URL.canParse(url)) return url.includes('@');
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

function passwordInUrl(label: string): KpluginError {
  return new KpluginError({
    code: 'password-in-url',
    exit: EXIT.usage,
    message: `the URL of ${label} holds a user and password`,
    reason: 'what stands in a command line can be read by everybody on this machine',
    hint: `leave them out; with a login, download it yourself and install the file: curl --netrc -o plugin.zip ${shellWord(label)} && kplugin install plugin.zip`,
  });
}

interface Saving {
  readonly label: string;
  readonly signal: AbortSignal;
  /** Receives how much has come. */
  readonly seen: { bytes: number };
}

async function save(
  { body, encoding }: Answer,
  file: string,
  { label, signal, seen }: Saving,
): Promise<void> {
  const waiting = new Gathered();
  const gather = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      seen.bytes += chunk.length;
      if (seen.bytes > LIMIT) throw cannot(label, 'it is larger than the 1 GiB that eKuiper takes');
      waiting.add(chunk);
      if (waiting.length >= PIECE) yield* waiting.take();
    }
    yield* waiting.take();
  };
  const plain = decoded(body, encoding);
  await pipeline(plain, gather, createWriteStream(file), { signal });
}

/** Joins many small pieces into few large buffers: each small buffer takes ten times its bytes in memory. */
class Gathered {
  /** Bytes added since the last {@link take}. */
  length = 0;
  #full: Buffer[] = [];
  #last: Buffer = Buffer.alloc(0);
  #used = 0;

  /** Copies the bytes. */
  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.#used + bytes.length > this.#last.length) {
      this.#endPiece();
      this.#last = Buffer.allocUnsafeSlow(Math.max(PIECE, bytes.length));
    }
    this.#last.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Returns all bytes added since the last call; the caller owns the buffers. */
  take(): readonly Buffer[] {
    this.#endPiece();
    const all = this.#full;
    this.#full = [];
    this.#last = Buffer.alloc(0);
    this.length = 0;
    return all;
  }

  #endPiece(): void {
    if (this.#used > 0) this.#full.push(this.#last.subarray(0, this.#used));
    this.#used = 0;
  }
}

/**
 * For `compose`: aborts a request, with the error of {@link Overhead}, whose response brings too much data besides its
 * body.
 */
function bounded(dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch {
  return (options, handler) => dispatch(options, new Bounded(handler));
}

class Bounded implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | null = null;
  readonly #overhead = new Overhead((why) => {
    // Aborts after undici has processed what it has read.
    setImmediate(() => this.#controller?.abort(why));
  });

  constructor(private readonly handler: Dispatcher.DispatchHandler) {}

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#controller = controller;
    this.handler.onRequestStart?.(controller, context);
    if (!controller.aborted) this.#overhead.start();
  }

  onRequestUpgrade(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    socket: Duplex,
  ): void {
    this.#overhead.end();
    this.handler.onRequestUpgrade?.(controller, status, headers, socket);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusMessage?: string,
  ): void {
    if (status < 200) this.#overhead.interim();
    this.handler.onResponseStart?.(controller, status, headers, statusMessage);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#overhead.body(chunk.length);
    this.handler.onResponseData?.(controller, chunk);
  }

  onResponseEnd(
    controller: Dispatcher.DispatchController,
    trailers: Record<string, string | string[]>,
  ): void {
    this.#overhead.end();
    this.handler.onResponseEnd?.(controller, trailers);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    this.#overhead.end();
    this.handler.onResponseError?.(controller, error);
  }
}

/** The actual reason is in the innermost cause. */
function causeOf(thrown: unknown): string {
  let error = thrown;
  while (error instanceof Error && error.cause instanceof Error) error = error.cause;
  return error instanceof Error ? error.message : String(error);
}

function tooSlow(label: string, bytes: number, limit: number): KpluginError {
  return new KpluginError({
    code: 'download-failed',
    exit: EXIT.host,
    message: `${label} cannot be downloaded: it takes too long`,
    reason: `after ${durationText(limit)} ${bytes} bytes had come, and it had not ended`,
    hint: `wait longer: --timeout ${shellWord(`${Math.ceil(limit / 30_000)}m`)}; or ${BY_HAND}`,
  });
}

const BY_HAND = 'download it yourself and install the file: kplugin install <zip>';

function cannot(label: string, why: string, cause?: unknown): KpluginError {
  return new KpluginError({
    code: 'download-failed',
    exit: EXIT.host,
    message: `${label} cannot be downloaded: ${foreignWords(why)}`,
    hint: BY_HAND,
    cause,
  });
}
