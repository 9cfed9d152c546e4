import { parseForeignJson } from '../json/bounded.ts';

/** The fields of a `package.json` that building a plugin needs. */
export interface NodePackage {
  /** The script `build`; null when there is none. */
  readonly build: string | null;
  /** Names of all packages that must be installed before a build; sorted. */
  readonly needs: readonly string[];
  /** The field `packageManager` (`pnpm@9.1.0`); null when it is missing. */
  readonly manager: string | null;
}

/** The package that contains the TypeScript SDK: kplugin itself. */
export const SDK_PACKAGE = 'kplugin';

const LISTS = ['dependencies', 'devDependencies'];

/** Parses a `package.json`: null when it is not a JSON object; fields of a wrong type are ignored. */
export function parseNodePackage(text: string): NodePackage | null {
  const root = recordOf(parsed(text));
  if (root === null) return null;
  const build = recordOf(root['scripts'])?.['build'];
  const needs = LISTS.flatMap((list) => Object.keys(recordOf(root[list]) ?? {}));
  const manager = root['packageManager'];
  return {
    build: typeof build === 'string' && build.trim() !== '' ? build : null,
    needs: [...new Set(needs)].sort(),
    manager: typeof manager === 'string' ? manager : null,
  };
}

function parsed(text: string): unknown {
  try {
    // Windows editors add a byte-order mark, which npm ignores.
    return parseForeignJson(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  // The keys of a JSON object are strings; its values stay unknown.
  return value as Readonly<Record<string, unknown>>;
}
