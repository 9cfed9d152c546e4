import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where kplugin itself comes from, and where the project goes; absolute paths. */
export interface SdkSituation {
  /** What the user wants npm to install as kplugin; undefined: the very one that is running. */
  readonly wanted: string | undefined;
  readonly cwd: string;
  /** The folder of the new project. */
  readonly folder: string;
  readonly packageRoot: string;
  readonly version: string;
}

export interface SdkSpec {
  /** For `devDependencies`. */
  readonly spec: string;
  /** Whether it points at the checkout that kplugin runs from, which other machines do not have. */
  readonly isCheckout: boolean;
}

/**
 * What a TypeScript project's package.json says about kplugin, which holds the SDK: the release that is running, or
 * where that one lies when it is none. A path that is there is written as npm does, relative to the project.
 */
export function sdkSpec({ wanted, cwd, folder, packageRoot, version }: SdkSituation): SdkSpec {
  if (wanted !== undefined) {
    const place = path.resolve(cwd, wanted);
    const spec = isPath(wanted) && existsSync(place) ? fileSpec(folder, place) : wanted;
    return { spec, isCheckout: false };
  }
  // Releases hold what was built, never the sources.
  if (existsSync(path.join(packageRoot, 'src', 'sdk'))) {
    return { spec: fileSpec(folder, packageRoot), isCheckout: true };
  }
  return { spec: `^${version}`, isCheckout: false };
}

/** A name like `next` is a tag of the registry, whatever lies in the working folder. */
function isPath(text: string): boolean {
  return /[\\/]|\.t?gz$/.test(text) && !/^[a-z+]+:/i.test(text.replace(/^[a-z]:[\\/]/i, ''));
}

function fileSpec(folder: string, place: string): string {
  return `file:${path.relative(folder, place).replaceAll(path.sep, '/')}`;
}
