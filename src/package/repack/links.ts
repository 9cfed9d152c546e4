import { posix } from 'node:path';
import { cleanPath, MOST_IN_PATH } from '../../model/clean-path.ts';
import type { Link, LinkEnd, PathNode } from './path-tree.ts';

/** A link needs at most so many others, itself included, or leads in a circle. */
const MOST_LINKS = 39;
const MOST_SHOWN = 200;

const CIRCLE: LinkEnd = {
  ok: false,
  kind: 'unreadable',
  steps: MOST_LINKS + 1,
  detail: 'is a link that leads in a circle',
  missing: null,
};

/** The link at `path` of a zip; `bytes` are what it says. Nothing is followed yet. */
export function readLink(path: string, bytes: Uint8Array): Link {
  const text = Buffer.from(bytes).toString('utf8');
  const clean = cleanPath(`${posix.dirname(path)}/${text}`).replace(/\/$/, '');
  const end = knownEnd(bytes, text, clean);
  return { target: clean === '.' || end ? '' : detached(clean), end, isBeingFollowed: false };
}

function knownEnd(bytes: Uint8Array, text: string, clean: string): LinkEnd | null {
  const known = { ok: false, steps: 1, missing: null } as const;
  if (text.startsWith('/') || clean === '..' || clean.startsWith('../')) {
    const detail = `is a link to ${shown(text)}, outside the plugin`;
    return { ...known, kind: 'symlink-outside', detail };
  }
  if (bytes.length <= MOST_IN_PATH) return null;
  const detail = 'is a link to a path that is longer than Linux takes';
  return { ...known, kind: 'unreadable', detail };
}

/**
 * Follows the links in a path from its start on. Each link is followed once: its end is kept in it, and in those that
 * were followed on the way. A link that is met again while it is being followed leads in a circle, and so do all that
 * wait for it.
 */
export function followLinks(path: string, root: PathNode): LinkEnd {
  const whole: Link = { target: path, end: null, isBeingFollowed: false };
  const waiting: Following[] = [{ link: whole, at: 0, node: root, steps: 0 }];
  for (let last = waiting.at(-1); last; last = waiting.at(-1)) {
    const next = advance(last);
    if (next === null) waiting.pop();
    else waiting.push({ link: next, at: 0, node: root, steps: 1 });
  }
  return whole.end ?? CIRCLE;
}

interface Following {
  readonly link: Link;
  /** The place that its target leads to up to this character, and how many links that took. */
  at: number;
  node: PathNode;
  steps: number;
}

/** Goes on until the end of the link is known; otherwise gives the link that has to be followed first. */
function advance(following: Following): Link | null {
  const { link } = following;
  const { target } = link;
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

function missing({ link, steps }: Following, folder: string, rest: number): LinkEnd {
  const between = folder !== '' && rest < link.target.length ? '/' : '';
  const path = shown(`${folder}${between}${link.target.slice(rest)}`);
  const detail = `is a link to ${path}, which the zip does not hold`;
  return { ok: false, kind: 'unreadable', steps, detail, missing: path };
}

/** Ten thousands of links may each lead to 4 kB of names. */
function shown(path: string): string {
  return path.length <= MOST_SHOWN ? path : detached(`${path.slice(0, MOST_SHOWN)}...`);
}

/** A text of its own: part of another one keeps all of that in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
