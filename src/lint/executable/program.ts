import { entryAt } from '../subject/entries.ts';
import { executablePath, readManifest } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';
import {
  type ExecutableHeader,
  HEADER_BYTES,
  readExecutableHeader,
  scriptProgram,
} from './executable-header.ts';

/** The plugin's executable in the package, and how eKuiper will start it. */
interface Program {
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

/** A program whose `#!` line names Node. */
export interface NodeProgram {
  readonly path: string;
  /** The source without its first line, which Node skips; the line break stays, so that line numbers are unchanged. */
  readonly text: string;
}

/** Size limit: bundles are far smaller, a larger file holds data. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The program, when the file itself is executed and its `#!` line names Node; null otherwise. */
export async function nodeProgramOf(subject: Subject): Promise<NodeProgram | null> {
  const program = await programOf(subject);
  if (program?.runs !== 'itself' || program.header.format !== 'script') return null;
  if (!/^node(js)?(\d+)?$/.test(scriptProgram(program.header))) return null;
  if (readManifest(subject) === null) return null;
  const bytes = await subject.view.read(program.path, MOST_BYTES);
  if (bytes === null || bytes.length >= MOST_BYTES) return null;
  return { path: program.path, text: new TextDecoder().decode(bytes).replace(/^#![^\n]*/, '') };
}
