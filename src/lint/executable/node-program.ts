import { readManifest } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';
import { programOf } from './program.ts';
import { scriptProgram } from './shebang.ts';

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
