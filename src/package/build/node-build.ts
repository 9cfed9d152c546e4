import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { NodePackage } from '../../model/node-package.ts';
import { type BuildRun, runTool, type Tool } from './run-tool.ts';

export interface NodeBuild extends BuildRun {
  /** What the project's package.json says; it has a build script. */
  readonly nodePackage: NodePackage;
  /** The file that the build writes, relative to the project: the manifest's `executable`. */
  readonly executable: string;
}

const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

type Manager = (typeof MANAGERS)[number];

/** Whoever wrote a lock file is whom the project uses. */
const LOCK_FILES: readonly (readonly [string, Manager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/**
 * Runs the project's own build script, which bundles the plugin and the SDK into the executable.
 * Throws a KpluginError when its packages are not installed, the package manager is not there, the build fails (with
 * what it said) or leaves no executable.
 */
export async function nodeBuild(build: NodeBuild): Promise<void> {
  const manager = managerOf(build);
  const missing = missingPackages(build);
  if (missing.length > 0) throw notInstalled(missing, manager);
  await runTool(build, nodeTool(manager));
  if (!existsSync(join(build.directory, build.executable))) throw noProgram(build, manager);
}

/** The command as a user would type it. */
export function nodeCommand(build: Pick<NodeBuild, 'directory' | 'nodePackage'>): string {
  return `${managerOf(build)} run build`;
}

function managerOf({
  directory,
  nodePackage,
}: Pick<NodeBuild, 'directory' | 'nodePackage'>): Manager {
  const [named] = (nodePackage.manager ?? '').split('@');
  return (
    MANAGERS.find((manager) => manager === named) ??
    LOCK_FILES.find(([file]) => existsSync(join(directory, file)))?.[1] ??
    'npm'
  );
}

/** Packages lie in the project or, for one of several in a workspace, above it; yarn can do without folders. */
function missingPackages({ directory, nodePackage }: NodeBuild): readonly string[] {
  const folders = [directory];
  for (let folder = directory; folder !== dirname(folder); folders.push(folder)) {
    folder = dirname(folder);
  }
  if (folders.some((folder) => existsSync(join(folder, '.pnp.cjs')))) return [];
  return nodePackage.needs.filter(
    (name) => !folders.some((folder) => existsSync(join(folder, 'node_modules', name))),
  );
}

function nodeTool(manager: Manager): Tool {
  return {
    program: manager,
    args: ['run', 'build'],
    batch: true,
    typed: `${manager} run build`,
    speaker: 'it',
    missing: {
      code: `${manager}-missing`,
      message: `the project is built with ${manager}, and the program \`${manager}\` could not be started`,
      hint: `install Node (https://nodejs.org) and ${manager}, or build the executable elsewhere and use --no-build`,
    },
  };
}

function notInstalled(missing: readonly string[], manager: Manager): KpluginError {
  return new KpluginError({
    code: 'dependencies-missing',
    exit: EXIT.usage,
    message: `packages that package.json names are not installed: ${missing.join(', ')}`,
    reason: 'the build needs them; a package for eKuiper holds only what the build makes of them',
    hint: `run ${manager} install in the project, then the same command again`,
  });
}

function noProgram({ executable }: NodeBuild, manager: Manager): KpluginError {
  return new KpluginError({
    code: 'build-without-program',
    exit: EXIT.findings,
    message: `${manager} run build has not made ${executable}, which the manifest names as executable`,
    reason: 'eKuiper starts that file and refuses a package without it',
    hint: `make the build script write to ${executable}, or correct "executable" in the manifest`,
  });
}
