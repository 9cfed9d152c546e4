import type { Context } from '../cli/context.ts';
import { oneLine } from '../model/printable.ts';

const said = new WeakMap<Context['talk'], Set<string>>();

/** Prints a message only once per command, even if it opens several clients; nothing under `--quiet`. */
export function sayOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.talk.say(oneLine(line));
  };
}

/** Like {@link sayOnce}, for warnings, which `--json` does not hide. */
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
