import { parseForeignJson } from '../json/bounded.ts';

/** What a `package.json` says, as far as building a plugin needs it. */
export interface NodePackage {
  /** The command behind `npm run build`; null when there is none. */
  readonly build: string | null;
  /** Every package that has to be installed before a build; sorted. */
  readonly needs: readonly string[];
  /** As `packageManager` names it (`pnpm@9.1.0`); null when it does not. */
  readonly manager: string | null;
}

/** The package that holds the TypeScript SDK: this very one. */
export const SDK_PACKAGE = 'kplugin';

const LISTS = ['dependencies', 'devDependencies'];

/** Reads a `package.json` leniently: null when it is no JSON object, and what is of another type does not count. */
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
    // Windows editors put a byte-order mark in front, which npm reads over.
    return parseForeignJson(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  // A JSON object's keys are texts; its values stay unknown.
  return value as Readonly<Record<string, unknown>>;
}
