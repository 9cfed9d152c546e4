import { posix } from 'node:path';
import { cleanPath, MOST_IN_PATH } from '../../model/clean-path.ts';

/** A file, directory or link of a zip. */
export class PathNode {
  readonly path: string;
  readonly above: PathNode | null;
  link: Link | null = null;
  #children: Map<string, PathNode> | null = null;

  constructor(path = '', above: PathNode | null = null) {
    this.path = path;
    this.above = above;
  }

  child(name: string): PathNode | null {
    return this.#children?.get(name) ?? null;
  }

  /** Returns the node of a path below this one; creates it and its parents when they do not exist. */
  add(path: string): PathNode {
    let node: PathNode = this;
    for (let start = 0; start < path.length; ) {
      const slash = path.indexOf('/', start);
      const end = slash < 0 ? path.length : slash;
      const name = path.slice(start, end);
      node = node.child(name) ?? node.#make(name, path.slice(0, end));
      start = end + 1;
    }
    return node;
  }

  #make(name: string, path: string): PathNode {
    const made = new PathNode(path, this);
    this.#children ??= new Map();
    this.#children.set(name, made);
    return made;
  }
}

/** The result of resolving a link in a zip: a node of the zip, or why it cannot be resolved. */
export type LinkEnd =
  | { readonly ok: true; readonly steps: number; readonly node: PathNode }
  | {
      readonly ok: false;
      readonly kind: 'symlink-outside' | 'unreadable';
      /** Number of links that were followed. */
      readonly steps: number;
      readonly detail: string;
      /** The path that is missing in the zip, when that is the reason. */
      readonly missing: string | null;
    };

/** The part of a zip that resolving links needs. */
export interface LinkTree {
  readonly root: PathNode;
  /** Reads the target text of the link at this path. */
  read(path: string): Promise<Uint8Array>;
}

/** A link of a zip with its result, if known. */
interface Link {
  readonly path: string;
  end: LinkEnd | null;
  isBeingFollowed: boolean;
}

/** Limit of links to follow for a link, itself included; with more it counts as a cycle. */
const MOST_LINKS = 39;

/** A link that waits for this many others needs more links than the limit. */
const MOST_WAITING = MOST_LINKS + 2;

const MOST_SHOWN = 200;

const CIRCLE: LinkEnd = {
  ok: false,
  kind: 'unreadable',
  steps: MOST_LINKS + 1,
  detail: 'is a link that leads in a circle',
  missing: null,
};

/**
 * Resolves the links in a path, from its start. Each link is read and resolved once. The result is stored in it and
 * in the links on the way, but not its text: tens of thousands may have 4 kB each. A link that is reached again while
 * it is being resolved is part of a cycle, and so are all that wait for it. Rejects when a link cannot be read.
 */
export async function followLinks(path: string, tree: LinkTree): Promise<LinkEnd> {
  const { root } = tree;
  const whole: Link = { path, end: null, isBeingFollowed: false };
  const waiting: Following[] = [{ link: whole, target: path, at: 0, node: root, steps: 0 }];
  for (let last = waiting.at(-1); last; last = waiting.at(-1)) {
    const next = advance(last);
    if (next === null) waiting.pop();
    else waiting.push(await startOf(next, tree));
    if (waiting.length > MOST_WAITING) abandon(waiting.shift());
  }
  return whole.end ?? CIRCLE;
}

interface Following {
  readonly link: Link;
  /** The link's target as a path in the zip without `.` and `..`; '' is the root of the plugin. */
  readonly target: string;
  /** Offset in the target up to which it is resolved; the node there and the number of links so far. */
  at: number;
  node: PathNode;
  steps: number;
}

/** Starts resolving a link; a result that follows from its text alone is stored at once. */
async function startOf(link: Link, { root, read }: LinkTree): Promise<Following> {
  const bytes = await read(link.path);
  const text = Buffer.from(bytes).toString('utf8');
  const folder = posix.dirname(link.path);
  if (leadsOut(folder, text)) return known(link, outside(text), root);
  const clean = cleanPath(folder === '.' && text !== '' ? text : `${folder}/${text}`);
  const target = clean.replace(/\/$/, '');
  link.end = knownEnd(bytes, text, target);
  return { link, target: target === '.' ? '' : target, at: 0, node: root, steps: 1 };
}

/**
 * Whether the target starts with more `..` than the link is deep; decided by its start, without the up to 4 kB after
 * it.
 */
function leadsOut(folder: string, text: string): boolean {
  const depth = folder === '.' ? 0 : folder.split('/').length;
  return text.startsWith('../'.repeat(depth + 1));
}

function known(link: Link, end: LinkEnd, node: PathNode): Following {
  link.end = end;
  return { link, target: '', at: 0, node, steps: 1 };
}

function knownEnd(bytes: Uint8Array, text: string, clean: string): LinkEnd | null {
  if (text.startsWith('/') || clean === '..' || clean.startsWith('../')) return outside(text);
  if (bytes.length <= MOST_IN_PATH) return null;
  const detail = 'is a link to a path that is longer than Linux takes';
  return { ok: false, kind: 'unreadable', steps: 1, detail, missing: null };
}

function outside(text: string): LinkEnd {
  const detail = `is a link to ${shown(text)}, outside the plugin`;
  return { ok: false, kind: 'symlink-outside', steps: 1, detail, missing: null };
}

/** Everything that it waits for is a link, and these exceed the limit: in any case it counts as a cycle. */
function abandon(following: Following | undefined): void {
  if (following) following.link.end = CIRCLE;
}

/** Resolves until the result of the link is known (returns null), or returns the link that must be resolved first. */
function advance(following: Following): Link | null {
  const { link, target } = following;
  link.isBeingFollowed = true;
  while (link.end === null && following.at < target.length) {
    const slash = target.indexOf('/', following.at);
    const until = slash < 0 ? target.length : slash;
    const child = following.node.child(target.slice(following.at, until));
    const other = child?.link ?? null;
    if (other !== null && other.end === null && !other.isBeingFollowed) return other;
    if (child === null) link.end = missing(following, following.node.path, following.at);
    else if (other !== null) pass(following, other.end ?? CIRCLE, until + 1);
    else following.node = child;
    following.at = until + 1;
  }
  link.end ??= { ok: true, steps: following.steps, node: following.node };
  link.isBeingFollowed = false;
  return null;
}

/** Continues with the result of another link, and with the rest of the path after it. */
function pass(following: Following, end: LinkEnd, behind: number): void {
  const { link } = following;
  following.steps += end.steps;
  const isOutside = !end.ok && end.missing === null;
  if (following.steps > MOST_LINKS + (isOutside ? 1 : 0)) link.end = CIRCLE;
  else if (end.ok) following.node = end.node;
  else if (end.missing === null) link.end = { ...end, steps: following.steps };
  else link.end = missing(following, end.missing, behind);
}

function missing({ target, steps }: Following, folder: string, rest: number): LinkEnd {
  const between = folder !== '' && rest < target.length ? '/' : '';
  const path = shown(`${folder}${between}${target.slice(rest)}`);
  const detail = `is a link to ${path}, which the zip does not hold`;
  return { ok: false, kind: 'unreadable', steps, detail, missing: path };
}

/**
 * A copy, limited in length: tens of thousands of links may each name 4 kB, and a substring keeps the whole text in
 * memory.
 */
function shown(path: string): string {
  const text = path.length <= MOST_SHOWN ? path : `${path.slice(0, MOST_SHOWN)}...`;
  return Buffer.from(text).toString();
}
