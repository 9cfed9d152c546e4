import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { printable } from '../lint/engine/printable.ts';

/** More causes than that tell nothing new, and a chain may be a circle. */
const MOST_CAUSES = 5;

/**
 * The stacks of an error and of its causes, line by line, with the places of kplugin's source instead of those of the
 * bundle. The source maps are read here and not before, so that only a failure waits for them. Messages may quote
 * foreign data: control characters are made visible.
 * @param root the folder of the package; places in it are shown relative to it
 */
export function sourceStack(error: Error, root: string): string[] {
  const maps = new Map<string, SourceMap | null>();
  const lines: string[] = [];
  let cause: unknown = error;
  for (let count = 0; cause instanceof Error && count < MOST_CAUSES; count += 1) {
    const text = cause.stack ?? `${cause.name}: ${cause.message}`;
    const [first = '', ...more] = text.split('\n').map((line) => inSource(line, root, maps));
    lines.push(`${count === 0 ? '' : 'caused by '}${first}`, ...more);
    cause = cause.cause;
  }
  return lines;
}

/** `    at run (/…/dist/kplugin.cjs:1:2345)` becomes `    at run (src/commands/main.ts:79)`. */
function inSource(text: string, root: string, maps: Map<string, SourceMap | null>): string {
  const line = printable(text);
  const from = line.indexOf(root + path.sep);
  const to = line.endsWith(')') ? line.length - 1 : line.length;
  const place = /:(\d+):(\d+)$/.exec(line.slice(0, to));
  if (from < 0 || place === null || !/^\s+at /.test(line)) return line;
  const file = line.slice(from, place.index);
  const found = sourcePlace(file, Number(place[1]), Number(place[2]), maps);
  const [shown, rest] = found ?? [file, place[0]];
  const relative = path.relative(root, shown).replaceAll(path.sep, '/');
  return `${line.slice(0, from)}${relative}${rest}${line.slice(to)}`;
}

function sourcePlace(
  file: string,
  line: number,
  column: number,
  maps: Map<string, SourceMap | null>,
): [file: string, line: string] | null {
  const known = maps.get(file);
  const map = known === undefined ? readMap(file) : known;
  maps.set(file, map);
  const entry = map?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return null;
  // Packages have no place in the maps, though the type says that all have.
  if (typeof entry.originalSource !== 'string') return null;
  const source = path.resolve(path.dirname(file), entry.originalSource);
  return [source, `:${entry.originalLine + 1}`];
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    // The place in the bundle is better than nothing.
    return null;
  }
}
