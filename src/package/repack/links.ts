import { posix } from 'node:path';
import { cleanPath, MOST_IN_PATH } from '../../model/clean-path.ts';
import type { Link, LinkEnd, PathNode } from './path-tree.ts';

/** A link needs at most so many others, itself included, or leads in a circle. */
const MOST_LINKS = 39;
/** One that waits for that many others needs more links than that. */
const MOST_WAITING = MOST_LINKS + 2;
const MOST_SHOWN = 200;

const CIRCLE: LinkEnd = {
  ok: false,
  kind: 'unreadable',
  steps: MOST_LINKS + 1,
  detail: 'is a link that leads in a circle',
  missing: null,
};

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

/** A zip as far as links need it. */
export interface LinkTree {
  readonly root: PathNode;
  /** What the link at this path says. */
  read(path: string): Promise<Uint8Array>;
}

/**
 * Follows the links in a path from its start on. Each link is read and followed once: its end is kept in it, and in
 * those that were followed on the way, but not what it says: tens of thousands may say 4 kB each. A link that is met
 * again while it is being followed leads in a circle, and so do all that wait for it. Rejects when a link cannot be
 * read.
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
  /** What the link says as a path in the zip without `.` and `..`; '' is the plugin's own folder. */
  readonly target: string;
  /** The place that its target leads to up to this character, and how many links that took. */
  at: number;
  node: PathNode;
  steps: number;
}

/** What is known of a link from what it says alone is its end at once. */
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

/** Told by its start, without a look at the 4 kB that may follow: it goes up more often than it is deep. */
function leadsOut(folder: string, text: string): boolean {
  const depth = folder === '.' ? 0 : folder.split('/').length;
  return text.startsWith('../'.repeat(depth + 1));
}

function known(link: Link, end: LinkEnd, node: PathNode): Following {
  link.end = end;
  return { link, target: '', at: 0, node, steps: 1 };
}

/** All that it waits for are links, more than may be followed: however they end, it leads in a circle. */
function abandon(following: Following | undefined): void {
  if (following) following.link.end = CIRCLE;
}

/** Goes on until the end of the link is known; otherwise gives the link that has to be followed first. */
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

/** Goes on from where another link ends, with what comes behind that one. */
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

/** Ten thousands of links may each lead to 4 kB of names; part of a text keeps all of that in memory. */
function shown(path: string): string {
  const text = path.length <= MOST_SHOWN ? path : `${path.slice(0, MOST_SHOWN)}...`;
  return Buffer.from(text).toString();
}
