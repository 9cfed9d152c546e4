import { access, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { declaredFiles, rootView } from '../plan/declared.ts';
import { type GoBuild, goBuild, goCommand } from './go-build.ts';

export type BuildOptions = Omit<GoBuild, 'executable'> & {
  /** Called with the command before it runs. */
  readonly onStart?: (command: string) => void;
};

/**
 * Builds what a project's language asks for: a Go module its executable, everything else nothing.
 * Resolves to whether something was built. Throws what {@link goBuild} throws.
 */
export async function buildProject(options: BuildOptions): Promise<boolean> {
  const directory = await realpath(options.directory);
  const { language, executable } = await declaredFiles(rootView(directory, options.directory));
  if (language !== 'go' || executable === null) return false;
  if (!(await exists(join(directory, 'go.mod')))) return false;
  options.onStart?.(goCommand({ executable, arch: options.arch }));
  await goBuild({ ...options, directory, executable });
  return true;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
