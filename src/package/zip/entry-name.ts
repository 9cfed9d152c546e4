import { posix } from 'node:path';
import type { ViewProblem } from '../../model/view.ts';

/** What a raw entry name means: a path to trust, or null where nothing may ever be written or looked up. */
export interface NamedEntry {
  /** Exactly as in the zip, undecodable bytes replaced. */
  readonly rawName: string;
  readonly path: string | null;
  readonly problem: ViewProblem | null;
}

/** Most names by far: nothing in them needs a second look. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\/?$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads an entry's name as eKuiper does: its bytes are the file's name, whatever the zip's UTF-8 flag says,
 * cleaned of `./`, `//` and inner `..` (field-notes.md §2c). Backslashes do not separate there; the path
 * has slashes instead so that the other rules do not report the same fault once more.
 */
export function nameEntry(bytes: Buffer): NamedEntry {
  const plain = bytes.toString('latin1');
  if (PLAIN.test(plain)) return { rawName: plain, path: plain.replace(/\/$/, ''), problem: null };
  const rawName = decode(bytes);
  if (rawName === null) {
    return refuse(plain, 'bad-name', 'the name is not valid UTF-8');
  }
  const reason = badName(rawName);
  if (reason) return refuse(rawName, 'bad-name', reason);
  const slashed = rawName.replaceAll('\\', '/');
  if (escapes(slashed)) return refuse(rawName, 'path-escape', 'the name leads out of the plugin');
  const path = posix.normalize(slashed).replace(/\/$/, '');
  return { rawName, path: path === '.' ? null : path, problem: backslash(rawName) };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function badName(name: string): string | null {
  if (name === '') return 'the name is empty';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(name) ? 'the name holds a control character' : null;
}

function escapes(name: string): boolean {
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return true;
  const clean = posix.normalize(name);
  return clean === '..' || clean.startsWith('../');
}

function backslash(rawName: string): ViewProblem | null {
  if (!rawName.includes('\\')) return null;
  return { kind: 'backslash-name', entry: rawName, detail: 'folders are separated by "\\"' };
}

function refuse(rawName: string, kind: ViewProblem['kind'], detail: string): NamedEntry {
  return { rawName, path: null, problem: { kind, entry: rawName, detail } };
}
