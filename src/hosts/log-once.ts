import type { Context } from '../cli/context.ts';
import { oneLine } from '../model/printable.ts';

const said = new WeakMap<Context['log'], Set<string>>();

/** Prints a message only once per command, even if it opens several clients; nothing under `--quiet`. */
export function infoOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.log.info(oneLine(line));
  };
}

/** Like {@link infoOnce}, for warnings, which `--json` does not hide. */
export function warnOnce(context: Context): (line: string) => void {
  return (line) => {
    if (isNew(line, context)) context.log.warn(oneLine(line));
  };
}

function isNew(line: string, { log, globals }: Context): boolean {
  const lines = said.get(log) ?? new Set();
  said.set(log, lines);
  if (lines.has(line) || globals.quiet) return false;
  lines.add(line);
  return true;
}
