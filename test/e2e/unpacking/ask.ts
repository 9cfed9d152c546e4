import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pluginOf, programText, type UnpackCase } from './case.ts';

/** What an eKuiper did with a zip. */
export interface Unpacked {
  readonly status: number;
  /** With `$HOME` for its folder. */
  readonly body: string;
  /** What lies in its folders then, as `mode path content`. */
  readonly tree: readonly string[];
  /** What still lies there when the plugin was deleted. */
  readonly left: readonly string[];
}

export interface Server {
  readonly url: string;
  readonly home: string;
  /** Where zips may be put that it reads. */
  readonly folder: string;
}

/** Those of eKuiper's folders into which a zip is unpacked. */
const FOLDERS = [
  'plugins/portable',
  ...['etc', 'data'].flatMap((root) =>
    ['sources', 'sinks', 'functions'].map((kind) => `${root}/${kind}`),
  ),
];

/** Has the zip installed, looks, has the plugin deleted, looks again, and puts away whatever is left. */
export async function ask(server: Server, one: UnpackCase): Promise<Unpacked> {
  const before = snapshot(server.home);
  const name = pluginOf(one.id);
  const zip = path.join(server.folder, `${name}.zip`);
  await writeFile(zip, one.zip);
  const body = JSON.stringify({ name, file: `file://${zip}` });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${server.url}/plugins/portables`, { method: 'POST', body, headers });
  const text = await answer.text();
  const tree = changes(before, snapshot(server.home), one);
  await (await fetch(`${server.url}/plugins/portables/${name}`, { method: 'DELETE' })).text();
  const after = snapshot(server.home);
  const left = changes(before, after, one);
  putBack(server.home, before, after);
  return {
    status: answer.status,
    body: shortened(text.replaceAll(server.home, '$HOME')),
    tree,
    left,
  };
}

interface Found {
  readonly mode: number;
  /** Null for a folder. */
  readonly content: Buffer | null;
}

/** By paths in Latin-1: names need not be UTF-8. */
type Snapshot = ReadonlyMap<string, Found>;

function snapshot(home: string): Snapshot {
  const found = new Map<string, Found>();
  for (const folder of FOLDERS) look(home, folder, found);
  return found;
}

function look(home: string, relative: string, found: Map<string, Found>): void {
  const at = place(home, relative);
  for (const entry of names(at)) {
    const below = `${relative}/${entry}`;
    const full = place(home, below);
    try {
      const { mode } = lstatSync(full);
      const isFolder = (mode & 0o170000) === 0o040000;
      found.set(below, { mode, content: isFolder ? null : contentOf(full, mode) });
      if (isFolder) look(home, below, found);
    } catch {
      found.set(below, { mode: 0, content: Buffer.from('cannot be looked at') });
    }
  }
}

function names(folder: Buffer): string[] {
  try {
    return readdirSync(folder, 'buffer')
      .map((name) => name.toString('latin1'))
      .sort();
  } catch {
    return [];
  }
}

function contentOf(full: Buffer, mode: number): Buffer {
  const isLink = (mode & 0o170000) === 0o120000;
  return isLink ? Buffer.from(readlinkSync(full)) : readFileSync(full);
}

function place(home: string, relative: string): Buffer {
  return Buffer.concat([Buffer.from(`${home}/`), Buffer.from(relative, 'latin1')]);
}

function changes(before: Snapshot, after: Snapshot, one: UnpackCase): string[] {
  return [...after].flatMap(([name, found]) => {
    const known = before.get(name);
    const isSame = known?.mode === found.mode && same(known.content, found.content);
    return isSame ? [] : [lineOf(name, found, one)];
  });
}

function same(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** `n{256}` for a letter that comes again and again. */
function shortened(text: string): string {
  return text.replace(/(.)\1{40,}/g, (run, letter: string) => `${letter}{${run.length}}`);
}

function lineOf(name: string, { mode, content }: Found, one: UnpackCase): string {
  const type = mode.toString(8).padStart(6, '0');
  const shown = shortened(JSON.stringify(name).slice(1, -1));
  return `${type} ${shown}${content === null ? '' : ` ${contentText(content, one)}`}`;
}

function contentText(content: Buffer, { id }: UnpackCase): string {
  if (content.toString() === programText(pluginOf(id))) return '<the program>';
  if (content.length < 150) return JSON.stringify(content.toString('latin1'));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return `<${content.length} bytes, ${hash}>`;
}

/** Names may be no UTF-8, and paths may be longer than Node takes. */
function putBack(home: string, before: Snapshot, after: Snapshot): void {
  for (const name of after.keys()) {
    if (name.split('/').length !== 3) continue;
    const full = place(home, name);
    const known = before.get(name);
    if (known === undefined) remove(full);
    else if (known.content !== null) writeFileSync(full, known.content);
  }
}

function remove(full: Buffer): void {
  const text = full.toString();
  if (!Buffer.from(text).equals(full)) unlinkSync(full);
  else execFileSync('rm', ['-rf', '--', text]);
}
