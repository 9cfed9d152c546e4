import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { has } from '../../model/behaviours.ts';
import { compareText } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { readTextSync } from '../../package/files/regular-file.ts';
import { streamInto } from '../host/download.ts';
import { type Home, isInside } from '../runtime/home.ts';
import { errorCode, HostRefusal, pathError } from '../runtime/refusal.ts';
import { goMarshal } from './answer.ts';

/** The limit of the emulator for a JSON upload is lower. */
const MOST_BYTES = 16 * 1024 ** 2;

/** The form field from which eKuiper takes the file. */
const FIELD = 'uploadFile';

type Received =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly prefix: string; readonly error: unknown };

/**
 * Streams the file of a multipart form into the uploads under its base name; replaces an existing file. An incomplete
 * form leaves no file. Errors have Go's text, with the prefix of eKuiper's step.
 */
export async function receiveForm(
  request: IncomingMessage,
  { home, target }: { readonly home: Home; readonly target: Target },
): Promise<Received> {
  const parsing = 'Error parse the multi part form';
  const problem = headerProblem(request.headers['content-type']);
  if (problem !== null) return { ok: false, prefix: parsing, error: new HostRefusal(problem) };
  const files = new FormFiles(home, target);
  try {
    // The header was checked above.
    const busboy = new Busboy({ headers: request.headers as BusboyHeaders, preservePath: true });
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

/**
 * The path of an upload. Throws HostRefusal with eKuiper's words for a name that leaves the directory; versions before
 * 2.2 follow `..` out of it, which this host does not.
 */
export function uploadPath(name: string, home: Home, target: Target): string {
  const path = join(home.uploads, name);
  if (!has(target, 'removes-in-a-root') && (name === '.' || name === '..')) return path;
  const folder = dirname(normalize(name));
  if (folder === '..' || folder.startsWith('../')) {
    throw new HostRefusal('mkdirat ..: path escapes from parent');
  }
  const isOutside = isAbsolute(name) && has(target, 'removes-in-a-root');
  if (isOutside || (path !== home.uploads && !isInside(home.uploads, path))) {
    throw new HostRefusal(`openat ${name}: path escapes from parent`);
  }
  return path;
}

/** Waits until a received file is moved to the path of its upload; a failure has eKuiper's words. */
export async function placed(
  name: string,
  path: string,
  target: Target,
  moving: Promise<void>,
): Promise<void> {
  try {
    await moving;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && error.syscall === 'rename')) throw error;
    const [call, file] = has(target, 'removes-in-a-root') ? ['openat', name] : ['open', path];
    // A file is received beside and renamed, which a directory that is not empty refuses in other words.
    const isTaken = errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST';
    const words = isTaken ? `${call} ${file}: is a directory` : pathError(call, file, error);
    throw new HostRefusal(words, { cause: error });
  }
}

/** Keeps the first file of the right field; reads and drops everything else. */
class FormFiles {
  readonly #home: Home;
  readonly #target: Target;
  #written: Promise<void> = Promise.resolve();
  #taken: { readonly name: string; readonly part: string; readonly stream: Readable } | null = null;

  constructor(home: Home, target: Target) {
    this.#home = home;
    this.#target = target;
  }

  take(field: string, stream: Readable, filename: string | undefined): void {
    const name = basename(filename ?? '');
    if (field !== FIELD || this.#taken !== null || name === '') {
      stream.resume();
      return;
    }
    const part = partIn(this.#home);
    this.#taken = { name, part, stream };
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
    const { name, part } = this.#taken;
    try {
      const path = uploadPath(name, this.#home, this.#target);
      await placed(name, path, this.#target, rename(part, path));
      return { ok: true, path };
    } catch (error) {
      await rm(part, { force: true });
      const step = has(this.#target, 'removes-in-a-root') ? 'saving' : 'creating';
      return { ok: false, prefix: `Error ${step} the file`, error };
    }
  }

  async discard(): Promise<void> {
    // The parser does not end an incomplete file.
    this.#taken?.stream.destroy();
    await this.#written.catch(() => undefined);
    if (this.#taken !== null) await rm(this.#taken.part, { force: true });
  }
}

/** The body of a JSON upload. */
interface JsonUpload {
  readonly name: string;
  readonly content: string;
  readonly file: string;
}

/**
 * Stores the body of a JSON upload: eKuiper returns it in `/data/export`, also after a restart, until the upload is
 * deleted. One file per upload, so that concurrent uploads cannot overwrite each other. Source: server/rest.go
 * InstallScript.
 */
export async function keepUpload(upload: JsonUpload, home: Home, target: Target): Promise<void> {
  const folder = folderOf(home);
  await makeFolders(folder);
  await writeInto(join(folder, encodeURIComponent(upload.name)), kept(upload, target), home);
}

/** Deletes a stored upload; does nothing for one that is not stored (a zip). */
export function forgetUpload(name: string, home: Home): Promise<void> {
  return rm(join(folderOf(home), encodeURIComponent(name)), { force: true });
}

/**
 * Returns the `uploads` of `/data/export`: JSON text by name, sorted by name as Go writes a map. Reads synchronously:
 * for files of some hundred bytes Node's thread pool costs many times the reading.
 */
export function keptUploads(home: Home): Record<string, string> {
  const folder = folderOf(home);
  const all: Record<string, string> = {};
  for (const file of (orNull(() => readdirSync(folder)) ?? []).sort(compareText)) {
    const text = orNull(() => readTextSync(join(folder, file), MOST_BYTES));
    if (text !== null) all[decodeURIComponent(file)] = text;
  }
  return all;
}

/** Null for a missing file. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** 2.x omits empty values, 1.14 does not. */
function kept({ name, content, file }: JsonUpload, target: Target): string {
  if (!has(target, 'omits-what-is-empty')) return goMarshal({ name, content, file });
  return goMarshal({
    name,
    ...(content === '' ? {} : { content }),
    ...(file === '' ? {} : { file }),
  });
}

function folderOf(home: Home): string {
  return join(home.root, 'data', 'kept-uploads');
}

/** A new path for a file that is still being received. */
export function partIn(home: Home): string {
  return join(home.incoming, randomBytes(8).toString('hex'));
}

/** Writes the text to `path` atomically. */
export function writeInto(path: string, content: string, home: Home): Promise<void> {
  return complete(path, home, (part) => writeFile(part, content));
}

/** Copies the file `from` to `path` atomically. */
export function copyInto(path: string, from: string, home: Home): Promise<void> {
  return complete(path, home, (part) => copyFile(from, part));
}

async function complete(
  path: string,
  home: Home,
  fill: (part: string) => Promise<void>,
): Promise<void> {
  const part = partIn(home);
  try {
    await fill(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
