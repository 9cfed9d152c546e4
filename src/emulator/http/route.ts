import type { IncomingMessage } from 'node:http';
import type { BehaviourId } from '../../model/behaviours.ts';
import { cleanPath } from '../../model/clean-path.ts';
import type { Target } from '../../model/target.ts';
import type { PluginHost } from '../host/host.ts';
import { type Answer, empty, NOT_IN_THIS_HOST, PAGE_NOT_FOUND } from './answer.ts';

/** The request and the services that a handler uses. */
export interface Call {
  readonly host: PluginHost;
  readonly target: Target;
  readonly request: IncomingMessage;
  /** The `{name}` of the path; empty when the path has none. */
  readonly name: string;
  /** Seconds since the server started to listen. */
  readonly upSeconds: number;
}

type Handler = (call: Call) => Answer | Promise<Answer>;

export interface Route {
  /** `/plugins/portables/{name}`: at most one placeholder. */
  readonly path: string;
  /** The eKuiper behaviour that the route requires; absent when all versions have it. */
  readonly needs?: BehaviourId;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** The parts of eKuiper's API that this host does not have. */
const ELSEWHERE =
  /^\/(streams|tables|rules|ruleset|ruletest|metadata|services|schemas|connections|configs|data\/import|batch|plugins\/(sources|sinks|functions)\/prebuild)\b/;

/** The handler of a path and the name in it; or the response of Go's mux when there is none. */
type Match = { readonly handler: Handler; readonly name: string } | Answer;

/**
 * Finds the handler of a request among the routes that the target has. As eKuiper, it answers every OPTIONS with 200,
 * and a path that is not clean (`//plugins`, `/x/..`) with the clean one.
 */
export function matchRoute(routes: readonly Route[], method: string, url: string): Match {
  if (method === 'OPTIONS') return empty(200);
  const clean = cleanUrl(url);
  if (clean !== null) return { ...empty(301), headers: { Location: clean } };
  const found = findRoute(routes, method, url);
  if (typeof found === 'object') return found;
  if (ELSEWHERE.test(url)) return NOT_IN_THIS_HOST;
  return found === 'no-method' ? empty(405) : PAGE_NOT_FOUND;
}

/** Finds the handler for a method and a URL, and the `{name}` in its path. */
export function findRoute<H>(
  routes: readonly { readonly path: string; readonly methods: Readonly<Record<string, H>> }[],
  method: string,
  url: string,
): { readonly handler: H; readonly name: string } | 'no-method' | 'no-path' {
  const path = pathOf(url);
  for (const route of routes) {
    const name = path === null ? null : nameIn(route.path, path);
    if (name === null) continue;
    const handler = route.methods[method];
    return handler === undefined ? 'no-method' : { handler, name };
  }
  return 'no-path';
}

/** The URL with a clean path; null when it is clean. */
function cleanUrl(url: string): string | null {
  const path = pathOf(url);
  if (path === null) return null;
  const clean = cleanPath(path);
  return clean === path ? null : `${encodeURI(clean)}${/\?[^#]*/.exec(url)?.[0] ?? ''}`;
}

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(url.replace(/[?#].*/s, ''));
  } catch {
    return null;
  }
}

function nameIn(pattern: string, path: string): string | null {
  const [before = '', after] = pattern.split('{name}');
  if (after === undefined) return path === pattern ? '' : null;
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const name = path.slice(before.length, path.length - after.length);
  return name === '' || name.includes('/') ? null : name;
}
