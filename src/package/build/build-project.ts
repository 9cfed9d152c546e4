import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { parseNodePackage } from '../../model/node-package.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { declaredFiles, rootView } from '../plan/declared.ts';
import { readRegularFile } from '../regular-file.ts';
import { type GoBuild, goBuild, goCommand } from './go-build.ts';
import { nodeBuild, nodeCommand } from './node-build.ts';

export type BuildOptions = Omit<GoBuild, 'executable'> & {
  /** Called with the command before it runs. */
  readonly onStart?: (command: string) => void;
};

/**
 * Builds what a project that is run by itself asks for: a Go module its executable, a package.json with a build
 * script what that script makes; everything else nothing.
 * Resolves to whether something was built. Throws what {@link goBuild} and {@link nodeBuild} throw.
 */
export async function buildProject(options: BuildOptions): Promise<boolean> {
  const directory = await realpath(options.directory);
  const { language, executable } = await declaredFiles(rootView(directory, options.directory));
  if (language !== 'go' || executable === null) return false;
  const [goModule, packageText] = await Promise.all(
    ['go.mod', 'package.json'].map((name) => textOf(join(directory, name))),
  );
  if (typeof goModule === 'string') {
    options.onStart?.(goCommand({ executable, arch: options.arch }));
    await goBuild({ ...options, directory, executable });
    return true;
  }
  const nodePackage = typeof packageText === 'string' ? parseNodePackage(packageText) : null;
  if (packageText !== null && nodePackage === null) throw unreadable();
  if (!nodePackage?.build) return false;
  options.onStart?.(nodeCommand({ directory, nodePackage }));
  await nodeBuild({ ...options, directory, executable, nodePackage });
  return true;
}

/** npm would not build it either. */
function unreadable(): KpluginError {
  return new KpluginError({
    code: 'node-package-invalid',
    exit: EXIT.usage,
    message: 'package.json of the project cannot be read',
    reason: `it is no JSON object, or its values lie more than ${TEXT_LIMITS.jsonDepth} levels deep; what builds the plugin stands there`,
    hint: 'fix package.json, or delete it when npm does not build this plugin',
  });
}

function textOf(file: string): Promise<string | null> {
  return readRegularFile(file).then(
    (bytes) => bytes.toString('utf8'),
    () => null,
  );
}
