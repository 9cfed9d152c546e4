import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fetch, type Response } from 'undici';
import { EXIT, KpluginError } from '../../model/error.ts';
import { shellWord } from '../../model/shell-word.ts';
import { signalWithin } from '../../sp/signal-within.ts';
import { sourceLabel } from './source.ts';
import type { InstallWatcher } from './watcher.ts';

/** eKuiper holds an upload of at most 1 GiB. */
const LIMIT = 1024 ** 3;
const TIME_LIMIT = 300_000;

export interface DownloadOptions {
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly watcher: Pick<InstallWatcher, 'waiting' | 'settled'>;
}

/**
 * Downloads a package into the scratch folder; resolves to its path. Redirects are followed.
 * Throws exit 3 when it cannot be had, exit 2 for a URL with a user and password in it. Messages never hold what may be
 * a secret in the URL.
 */
export async function download(url: string, options: DownloadOptions): Promise<string> {
  const label = sourceLabel(url);
  if (hasPassword(url)) throw passwordInUrl(label);
  const file = path.join(options.scratch, 'download.zip');
  options.watcher.waiting(`for ${label}`, TIME_LIMIT);
  try {
    const signal = signalWithin(TIME_LIMIT, options.signal);
    const response = await fetch(url, { signal });
    if (!response.ok) throw cannot(label, `the server answered ${response.status}`);
    await save(response, file, label);
    return file;
  } catch (thrown) {
    options.signal.throwIfAborted();
    if (thrown instanceof KpluginError) throw thrown;
    throw cannot(label, causeOf(thrown).replaceAll(url, label), thrown);
  } finally {
    options.watcher.settled();
  }
}

async function save(response: Response, file: string, label: string): Promise<void> {
  if (response.body === null) throw cannot(label, 'the answer is empty');
  let size = 0;
  await pipeline(
    Readable.fromWeb(response.body),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > LIMIT) throw cannot(label, 'it is larger than the 1 GiB that eKuiper takes');
        yield chunk;
      }
    },
    createWriteStream(file),
  );
}

/** fetch takes no such URL, and its words repeat it. One that cannot be read counts by its looks. */
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

/** fetch hides what happened in the innermost cause. */
function causeOf(thrown: unknown): string {
  let error = thrown;
  while (error instanceof Error && error.cause instanceof Error) error = error.cause;
  return error instanceof Error ? error.message : String(error);
}

function cannot(label: string, why: string, cause?: unknown): KpluginError {
  return new KpluginError({
    code: 'download-failed',
    exit: EXIT.host,
    message: `${label} cannot be downloaded: ${why}`,
    hint: 'download it yourself and install the file: kplugin install <zip>',
    cause,
  });
}
