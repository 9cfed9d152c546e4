import { posix } from 'node:path';
import { cleanPath } from '../../model/clean-path.ts';

/** What a link in a zip leads to: a path inside it, or why it cannot be followed. */
export type LinkEnd =
  | { readonly ok: true; readonly path: string }
  | {
      readonly ok: false;
      readonly kind: 'symlink-outside' | 'unreadable';
      readonly detail: string;
    };

const MOST_LINKS = 40;

/** Follows links from `path`; `targets` holds what each link in the zip says. */
export function followLinks(path: string, targets: ReadonlyMap<string, string>): LinkEnd {
  let at = path;
  for (let steps = 0; steps < MOST_LINKS; steps += 1) {
    const link = firstLink(at, targets);
    if (link === null) return { ok: true, path: at };
    const target = targets.get(link) ?? '';
    const next = cleanPath(`${posix.dirname(link)}/${target}${at.slice(link.length)}`);
    if (target.startsWith('/') || next === '..' || next.startsWith('../')) {
      return {
        ok: false,
        kind: 'symlink-outside',
        detail: `is a link to ${target}, outside the plugin`,
      };
    }
    at = next.replace(/\/$/, '');
  }
  return { ok: false, kind: 'unreadable', detail: 'is a link that leads in a circle' };
}

/** The part of a path that is itself a link: `a` of `a/b` when `a` is one. */
function firstLink(path: string, targets: ReadonlyMap<string, string>): string | null {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const part = path.slice(0, slash);
    if (targets.has(part)) return part;
  }
  return targets.has(path) ? path : null;
}
