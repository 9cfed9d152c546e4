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

/** The limit of the emulator for a JSON upload is lower. */
const MOST_BYTES = 16 * 1024 ** 2;

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
