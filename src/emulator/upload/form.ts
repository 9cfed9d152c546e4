import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { streamInto } from '../../model/stream-into.ts';
import type { Home } from '../runtime/home.ts';
import { HostRefusal } from '../runtime/refusal.ts';
import { partIn } from './into.ts';

/** The form field from which eKuiper takes the file. */
const FIELD = 'uploadFile';

export type Received =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly prefix: string; readonly error: unknown };

/**
 * Streams the file of a multipart form into the uploads under its base name; replaces an existing file. An incomplete
 * form leaves no file. Errors have Go's text, with the prefix of eKuiper's step.
 */
export async function receiveForm(request: IncomingMessage, home: Home): Promise<Received> {
  const parsing = 'Error parse the multi part form';
  const problem = headerProblem(request.headers['content-type']);
  if (problem !== null) return { ok: false, prefix: parsing, error: new HostRefusal(problem) };
  const files = new FormFiles(home);
  try {
    // The header was checked above.
    const busboy = new Busboy({ headers: request.headers as BusboyHeaders });
    busboy.on('file', (field, stream, filename) => files.take(field, stream, filename));
    await pipeline(request, busboy);
    return await files.finish();
  } catch (error) {
    await files.discard();
    return { ok: false, prefix: parsing, error: new HostRefusal(partWords(error)) };
  }
}

function headerProblem(type: string | undefined): string | null {
  if (!/^multipart\/(form-data|mixed)/i.test(type ?? '')) {
    return "request Content-Type isn't multipart/form-data";
  }
  if (!/boundary=/i.test(type ?? '')) return 'no multipart boundary param in Content-Type';
  return null;
}

function partWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith('Unexpected end')
    ? 'multipart: NextPart: EOF'
    : `multipart: ${message}`;
}

/** Keeps the first file of the right field; reads and drops everything else. */
class FormFiles {
  readonly #home: Home;
  #written: Promise<void> = Promise.resolve();
  #taken: { readonly path: string; readonly part: string; readonly stream: Readable } | null = null;

  constructor(home: Home) {
    this.#home = home;
  }

  take(field: string, stream: Readable, filename: string | undefined): void {
    const name = basename(filename ?? '');
    if (field !== FIELD || this.#taken !== null || name === '' || name === '..' || name === '.') {
      stream.resume();
      return;
    }
    const path = join(this.#home.uploads, name);
    const part = partIn(this.#home);
    this.#taken = { path, part, stream };
    this.#written = streamInto(stream, part);
    // Awaited in finish; a rejection before that must not be unhandled.
    this.#written.catch(() => undefined);
  }

  async finish(): Promise<Received> {
    await this.#written;
    if (this.#taken === null) {
      const error = new HostRefusal('http: no such file');
      return { ok: false, prefix: 'Error Retrieving the File', error };
    }
    const { path, part } = this.#taken;
    await rename(part, path);
    return { ok: true, path };
  }

  async discard(): Promise<void> {
    // The parser does not end an incomplete file.
    this.#taken?.stream.destroy();
    await this.#written.catch(() => undefined);
    if (this.#taken !== null) await rm(this.#taken.part, { force: true });
  }
}
