import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { refuseMachineLimit } from '../../model/machine-limit.ts';

/** Linux follows so many links for one path (MAXSYMLINKS of its kernel); no system follows more. */
export const MOST_LINKS = 40;
/** NAME_MAX; nothing has a longer name. */
const LONGEST_NAME = 255;

/** What a link leads to in the end. */
export interface LinkEnd {
  /** Absolute, without links. */
  readonly real: string;
  readonly kind: 'directory' | 'file' | 'other';
}

/** Something in the file system; names and paths are bytes, one character each. */
interface Node {
  readonly path: string;
  readonly parent: Node | null;
  readonly kind: LinkEnd['kind'] | 'link';
  /** Of a directory, what was asked about; null for what is not there. */
  readonly entries: Map<string, Node | null>;
  /** Of a link; undefined until it was followed, null when it leads nowhere. */
  end: End | null | undefined;
  isBeingFollowed: boolean;
}

interface End {
  readonly node: Node;
  /** Links on the way. */
  readonly links: number;
}

/** A link that is being followed. What it says is read again when it goes on: many may wait, each with 4 kB. */
interface Following {
  readonly link: Node;
  /** Where in its text it goes on, and from which directory. */
  at: number;
  from: Node;
  links: number;
}

/**
 * Follows links as Linux does (path_resolution(7)), each once, whatever leads to it: asked for every link, the system
 * walks over up to 40 others of 4 kB. What it answers is what the system answered when it was asked first.
 */
export class Links {
  readonly #root = node('', null, 'directory');
  /** Directories that links lie in, by path. */
  readonly #directories = new Map<string, Node>();

  /** `link` is absolute, and the directory that it lies in has no links. Null for a link to nothing, in a circle, or to what may not be looked at. */
  follow(link: string): LinkEnd | null {
    const found = childOf(
      this.#directory(dirname(link)),
      bytesOf(link.slice(link.lastIndexOf('/') + 1)),
    );
    if (found?.kind !== 'link') return null;
    if (found.end === undefined) this.#followAll(found);
    const end = found.end?.node;
    return end && end.kind !== 'link' ? { real: textOf(end.path) || '/', kind: end.kind } : null;
  }

  #directory(path: string): Node {
    const known = this.#directories.get(path);
    if (known) return known;
    let directory = this.#root;
    for (const name of bytesOf(path).split('/')) {
      if (name === '') continue;
      const next = directory.entries.get(name);
      const child = next ?? node(`${directory.path}/${name}`, directory, 'directory');
      directory.entries.set(name, child);
      directory = child;
    }
    this.#directories.set(path, directory);
    return directory;
  }

  /** Not by recursion: a row of links can be as long as a folder is. */
  #followAll(first: Node): void {
    const open = [this.#begin(first)];
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = this.#goOn(last);
      if (next !== null) {
        open.push(this.#begin(next));
        continue;
      }
      last.link.isBeingFollowed = false;
      open.pop();
    }
  }

  #begin(link: Node): Following {
    link.isBeingFollowed = true;
    return { link, at: 0, from: link.parent ?? this.#root, links: 1 };
  }

  /** Until the end of the link is known, or another has to be followed first, which is the answer then. */
  #goOn(following: Following): Node | null {
    const { link } = following;
    const text = linkText(link);
    if (following.at === 0 && text.startsWith('/')) following.from = this.#root;
    let at: Node = following.from;
    for (let start = following.at; start < text.length; ) {
      const slash = text.indexOf('/', start);
      const end = slash < 0 ? text.length : slash;
      const found: Node | null = step(at, text.slice(start, end));
      if (found?.kind === 'link' && found.end === undefined && !found.isBeingFollowed) {
        following.at = start;
        following.from = at;
        return found;
      }
      const led: End | null =
        found?.kind === 'link' ? (found.end ?? null) : found && { node: found, links: 0 };
      following.links += led?.links ?? 0;
      const isCut = slash >= 0 && led?.node.kind !== 'directory';
      if (led === null || isCut || following.links > MOST_LINKS) {
        link.end = null;
        return null;
      }
      at = led.node;
      start = end + 1;
    }
    link.end = text === '' ? null : { node: at, links: following.links };
    return null;
  }
}

function node(path: string, parent: Node | null, kind: Node['kind']): Node {
  return { path, parent, kind, entries: new Map(), end: undefined, isBeingFollowed: false };
}

/** One name further; the parent of the root is the root. */
function step(at: Node, name: string): Node | null {
  if (name === '' || name === '.') return at;
  return name === '..' ? (at.parent ?? at) : childOf(at, name);
}

function childOf(directory: Node, name: string): Node | null {
  if (name.length > LONGEST_NAME) return null;
  const known = directory.entries.get(name);
  if (known !== undefined) return known;
  // A copy: a part of a text keeps all of that in memory.
  const own = Buffer.from(name, 'latin1').toString('latin1');
  const child = look(`${directory.path}/${own}`, directory);
  directory.entries.set(own, child);
  return child;
}

function look(path: string, parent: Node): Node | null {
  try {
    const stats = lstatSync(Buffer.from(path, 'latin1'));
    return node(path, parent, kindOf(stats));
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return null;
  }
}

function kindOf(stats: Stats): Node['kind'] {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isFile() ? 'file' : 'other';
}

/** Empty for what is no link any more. */
function linkText({ path }: Node): string {
  try {
    return readlinkSync(Buffer.from(path, 'latin1'), 'buffer').toString('latin1');
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return '';
  }
}

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();
