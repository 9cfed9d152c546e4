import { readFileSync } from 'node:fs';
import type { Unpacked } from './ask.ts';

/** What a real eKuiper 2.4.0 did with each case, by its id; written by record.ts with umask 0. */
export function recordedAnswers(): ReadonlyMap<string, Unpacked> {
  const file = new URL('recorded-2.4.0.json', import.meta.url);
  // Written by the recorder in this shape.
  const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Unpacked>;
  return new Map(Object.entries(answers));
}

/** The recorded one under another umask: links have none. */
export function underUmask({ status, body, tree, left }: Unpacked, umask: number): Unpacked {
  const masked = (line: string): string => {
    const mode = Number.parseInt(line.slice(0, 6), 8);
    if ((mode & 0o170000) === 0o120000) return line;
    return `${(mode & ~umask).toString(8).padStart(6, '0')}${line.slice(6)}`;
  };
  return { status, body, tree: tree.map(masked), left: left.map(masked) };
}
