import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { byteText, textBytes } from '../../model/byte-text.ts';
import { refuseMachineLimit } from '../../model/machine-limit.ts';

/** Limit of links in one path in Linux (MAXSYMLINKS of its kernel); no system has a higher one. */
export const MOST_LINKS = 40;
/** NAME_MAX: no name is longer. */
const LONGEST_NAME = 255;

/** The final target of a link. */
export interface LinkEnd {
  /** Absolute path without links; a text of `byteText`. */
  readonly real: string;
  readonly kind: 'directory' | 'file' | 'other';
}

/** A file system entry; names and paths are byte strings, one character per byte. */
interface Node {
  readonly path: string;
  readonly parent: Node | null;
  readonly kind: LinkEnd['kind'] | 'link';
  /** The known entries of a directory; null for one that does not exist. */
  readonly entries: Map<string, Node | null>;
  /** The target of a link; undefined before it was resolved, null when there is none. */
  end: End | null | undefined;
  isBeingFollowed: boolean;
}

interface End {
  readonly node: Node;
  /** Number of links followed. */
  readonly links: number;
}

/** A link that is being resolved. Its text is read again when resolving continues: many may wait, each with 4 kB. */
interface Following {
  readonly link: Node;
  /** The offset in its text where resolving continues, and the current directory. */
  at: number;
  from: Node;
  links: number;
}

/**
 * Resolves links as Linux does (path_resolution(7)), each once, however many links lead to it: the system would
 * follow up to 40 others of 4 kB again for every link. Results are cached, so later changes of the file system are
 * not seen.
 */
export class Links {
  readonly #root = node('', null, 'directory');
  /** Directories that contain links, by path. */
  readonly #directories = new Map<string, Node>();

  /**
   * Resolves a link. `link` is absolute, and its directory contains no links. Null for a dangling link, a cycle, or a
   * target without permission.
   */
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

  /** Iterative: a chain of links can be as long as a directory. */
  #followAll(first: Node): void {
    const open = [this.#begin(first)];
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = this.#advance(last);
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

  /** Continues until the target is known (returns null), or returns the link that must be resolved first. */
  #advance(following: Following): Node | null {
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

/** Appends one name; the parent of the root is the root. */
function step(at: Node, name: string): Node | null {
  if (name === '' || name === '.') return at;
  return name === '..' ? (at.parent ?? at) : childOf(at, name);
}

function childOf(directory: Node, name: string): Node | null {
  if (name.length > LONGEST_NAME) return null;
  const known = directory.entries.get(name);
  if (known !== undefined) return known;
  // A copy: a substring would keep the whole text in memory.
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

/** The text of a link; empty when it is not a link any more. */
function linkText({ path }: Node): string {
  try {
    return readlinkSync(Buffer.from(path, 'latin1'), 'buffer').toString('latin1');
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return '';
  }
}

const bytesOf = (text: string): string => textBytes(text).toString('latin1');
const textOf = (bytes: string): string => byteText(Buffer.from(bytes, 'latin1'));
