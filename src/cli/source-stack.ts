import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { printable } from '../lint/engine/printable.ts';

/** Limits the chain of causes, which may be circular. */
const MOST_CAUSES = 5;

/**
 * The stacks of an error and of its causes, line by line, with positions in kplugin's source instead of the bundle. The
 * source maps are read here, so that only failures pay for them. Control characters are escaped, because messages may
 * quote untrusted data.
 * @param root the directory of the package; paths in it are shown relative to it
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
  // Source maps have no position for npm packages, although the type says so.
  if (typeof entry.originalSource !== 'string') return null;
  const source = path.resolve(path.dirname(file), entry.originalSource);
  return [source, `:${entry.originalLine + 1}`];
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    // Without a source map the position in the bundle is shown.
    return null;
  }
}
