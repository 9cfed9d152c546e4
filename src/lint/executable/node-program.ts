import { readManifest } from '../subject/manifest.ts';
import type { Subject } from '../subject/subject.ts';
import { programOf } from './program.ts';
import { scriptProgram } from './shebang.ts';

/** A program that Node runs by its `#!` line. */
export interface NodeProgram {
  readonly path: string;
  /** Without its first line, which Node skips; the line end stays, so that lines keep their numbers. */
  readonly text: string;
}

/** Bundles are far smaller; what is bigger holds data. */
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
