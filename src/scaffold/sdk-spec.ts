import { existsSync } from 'node:fs';
import path from 'node:path';

/** The location of kplugin and of the project; absolute paths. */
export interface SdkSituation {
  /** The user's spec for kplugin; undefined: the kplugin that is running. */
  readonly wanted: string | undefined;
  readonly cwd: string;
  /** The folder of the new project. */
  readonly folder: string;
  readonly packageRoot: string;
  readonly version: string;
}

export interface SdkSpec {
  /** The value in `devDependencies`. */
  readonly spec: string;
  /** Whether it refers to the checkout that kplugin runs from, which does not exist on other machines. */
  readonly isCheckout: boolean;
}

/**
 * The entry for kplugin, which holds the SDK, in a TypeScript project's package.json: the running release, or its path
 * when it is not a release. An existing path is written as npm does, relative to the project.
 */
export function sdkSpec({ wanted, cwd, folder, packageRoot, version }: SdkSituation): SdkSpec {
  if (wanted !== undefined) {
    const place = path.resolve(cwd, wanted);
    const spec = isPath(wanted) && existsSync(place) ? fileSpec(folder, place) : wanted;
    return { spec, isCheckout: false };
  }
  // Releases contain the built files, never the sources.
  if (existsSync(path.join(packageRoot, 'src', 'sdk'))) {
    return { spec: fileSpec(folder, packageRoot), isCheckout: true };
  }
  return { spec: `^${version}`, isCheckout: false };
}

/** A name like `next` is a tag of the registry, even if the working directory has a file of that name. */
function isPath(text: string): boolean {
  return /[\\/]|\.t?gz$/.test(text) && !/^[a-z+]+:/i.test(text.replace(/^[a-z]:[\\/]/i, ''));
}

function fileSpec(folder: string, place: string): string {
  return `file:${path.relative(folder, place).replaceAll(path.sep, '/')}`;
}
