import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { has } from '../../model/behaviours.ts';
import { compareText } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { makeFolders } from '../../package/files/make-folders.ts';
import { readTextSync } from '../../package/files/regular-file.ts';
import { goMarshal } from '../http/go-text.ts';
import type { Home } from '../runtime/home.ts';
import { writeInto } from './into.ts';

/** The body of a JSON upload. */
export interface JsonUpload {
  readonly name: string;
  readonly content: string;
  readonly file: string;
}

/**
 * Keeps what a JSON upload asked for: eKuiper shows it in `/data/export`, also after a restart, until the upload is
 * deleted. A file per upload, so that two uploads at once cannot lose one. Source: server/rest.go InstallScript.
 */
export async function keepUpload(upload: JsonUpload, home: Home, target: Target): Promise<void> {
  const folder = folderOf(home);
  await makeFolders(folder);
  await writeInto(join(folder, encodeURIComponent(upload.name)), kept(upload, target), home);
}

/** Forgets it; one that is not kept (a zip) is fine. */
export function forgetUpload(name: string, home: Home): Promise<void> {
  return rm(join(folderOf(home), encodeURIComponent(name)), { force: true });
}

/**
 * The `uploads` of `/data/export`: name → JSON text, in the order of the names, as Go writes a map. Read at once: for
 * files of some hundred bytes the way through Node's pool of threads costs many times the reading.
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

/** What the emulator takes as an upload in JSON is smaller. */
const MOST_BYTES = 16 * 1024 ** 2;

/** Null for what is not there (any more). */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** 2.x leaves out what is empty, 1.14 does not. */
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
