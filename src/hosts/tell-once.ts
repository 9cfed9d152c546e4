import type { Context } from '../cli/context.ts';
import { oneLine } from '../model/printable.ts';

const said = new WeakMap<Context['talk'], Set<string>>();

/** Says a line once for the whole command, however many clients it opens; nothing under --quiet. */
export function sayOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.talk.say(oneLine(line));
  };
}

/** The same for warnings, which --json does not hide. */
export function warnOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.talk.warn(oneLine(line));
  };
}

function isNew(line: string, { talk, globals }: Context): boolean {
  const lines = said.get(talk) ?? new Set();
  said.set(talk, lines);
  if (lines.has(line) || globals.quiet) return false;
  lines.add(line);
  return true;
}
