import { entryAt } from '../subject/entries.ts';
import { executablePath } from '../subject/executable-value.ts';
import { readManifest } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';
import { type ExecutableHeader, HEADER_BYTES, readExecutableHeader } from './header.ts';

/** The plugin's executable in the package, and how eKuiper will start it. */
export interface Program {
  readonly path: string;
  /** `itself`: the file is executed; `python`: eKuiper starts Python with it, its mode and `#!` do not matter. */
  readonly runs: 'itself' | 'python';
  readonly header: ExecutableHeader;
}

const programs = new WeakMap<Subject, Promise<Program | null>>();

/** The executable with its first bytes, read once; null when it does not exist or the language is unsupported. */
export function programOf(subject: Subject): Promise<Program | null> {
  const known = programs.get(subject) ?? readProgram(subject);
  programs.set(subject, known);
  return known;
}

async function readProgram(subject: Subject): Promise<Program | null> {
  const path = executablePath(subject);
  const language = readManifest(subject)?.info.language;
  if (path === null || (language !== 'go' && language !== 'python')) return null;
  if (entryAt(subject.view, path)?.kind !== 'file') return null;
  const bytes = await subject.view.read(path, HEADER_BYTES);
  if (bytes === null) return null;
  const runs = language === 'go' ? 'itself' : 'python';
  return { path, runs, header: readExecutableHeader(bytes.subarray(0, HEADER_BYTES)) };
}

/** eKuiper's message: `plugin executable …/p/run stops with error fork/exec …/p/run: <reason>`. */
export function forkFailure(subject: Subject, path: string, reason: string): string {
  const where = `…/${subject.name}/${path}`;
  return `plugin executable ${where} stops with error fork/exec ${where}: ${reason}`;
}
