import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EXIT, KpluginError } from '../../model/error.ts';
import { type NodePackage, parseNodePackage } from '../../model/plugin/node-package.ts';
import { shellWord } from '../../model/shell-word.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { FileTooLong, readRegularFile } from '../files/regular-file.ts';
import { CONFIG_FILE, ownBuild } from '../ignore/pattern-lists.ts';
import { declaredFiles, rootView } from '../plan/declared.ts';
import { type GoBuild, goBuild } from './go-build.ts';
import { type BuildRun, runTool, type Tool } from './run-tool.ts';

const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

/** Lock files and the package manager that writes each. */
const LOCK_FILES: readonly (readonly [string, Manager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

type BuildOptions = Omit<GoBuild, 'executable'>;

/**
 * Builds a project: with the command `build` of its .kplugin.json, else the executable of a Go module, or the script
 * `build` of a package.json; nothing for other projects. Resolves to whether something was built. Throws what {@link
 * goBuild} and {@link nodeBuild} throw.
 */
export async function buildProject(options: BuildOptions): Promise<boolean> {
  const directory = await realpath(options.directory);
  const { language, executable } = await declaredFiles(rootView(directory, options.directory));
  const [goModule = null, packageText = null, config = null] = await Promise.all(
    ['go.mod', 'package.json', CONFIG_FILE].map((name) => textOf(join(directory, name))),
  );
  const command = ownBuild(config);
  if (command !== null) {
    await ownBuildRun({ ...options, directory, executable, command });
    return true;
  }
  if (language !== 'go' || executable === null) return false;
  if (typeof goModule === 'string') {
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

/** Node's names of architectures that have another name in Go. */
const GOARCH: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The architecture of this machine by Go's name. */
export function goMachine(): string {
  return GOARCH[process.arch] ?? process.arch;
}

/** npm rejects such a package.json too. */
function unreadable(): KpluginError {
  return new KpluginError({
    code: 'node-package-invalid',
    exit: EXIT.usage,
    message: 'package.json of the project cannot be read',
    reason: `it is no JSON object, or its values lie more than ${TEXT_LIMITS.jsonDepth} levels deep; what builds the plugin stands there`,
    hint: 'correct package.json, or delete it when npm does not build this plugin',
  });
}

function textOf(file: string): Promise<string | null> {
  return readRegularFile(file).then(
    (bytes) => bytes.toString('utf8'),
    (thrown) => {
      if (thrown instanceof FileTooLong) throw thrown;
      return null;
    },
  );
}

interface OwnBuild extends GoBuild {
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
}

/** Runs the command of the project; it gets the architecture in Go's variables. */
async function ownBuildRun(build: Omit<OwnBuild, 'executable'> & { executable: string | null }) {
  const { command, directory, executable, arch } = build;
  const [program, ...args] = command;
  const typed = command.map(shellWord).join(' ');
  build.onStart?.(typed);
  await runTool(build, {
    program,
    args,
    env: { GOOS: 'linux', GOARCH: arch },
    typed,
    speaker: 'it',
    missing: {
      code: 'build-failed',
      message: `"build" in ${CONFIG_FILE} names a program that could not be started: ${program}`,
      hint: 'install it, or build the executable elsewhere and use --no-build',
    },
  });
  if (executable !== null && !existsSync(join(directory, executable)))
    throw noProgram({ executable }, typed);
}

interface NodeBuild extends BuildRun {
  /** The project's package.json, which has the script `build`. */
  readonly nodePackage: NodePackage;
  /** The file that the build writes, relative to the project: the manifest's `executable`. */
  readonly executable: string;
}

type Manager = (typeof MANAGERS)[number];

/**
 * Runs the project's own build script, which bundles the plugin and the SDK into the executable. Throws a
 * KpluginError when its packages or the package manager are not installed, the build fails (with its output), or the
 * executable is missing afterwards.
 */
async function nodeBuild(build: NodeBuild): Promise<void> {
  const manager = managerOf(build);
  const missing = missingPackages(build);
  if (missing.length > 0) throw notInstalled(missing, manager);
  await runTool(build, nodeTool(manager));
  if (!existsSync(join(build.directory, build.executable)))
    throw noProgram(build, `${manager} run build`);
}

/** The command as a user would type it. */
function nodeCommand(build: Pick<NodeBuild, 'directory' | 'nodePackage'>): string {
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

/**
 * Names of packages that are not installed. They are in the project or, in a workspace, in a directory above it; yarn
 * may work without node_modules.
 */
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

function noProgram({ executable }: { readonly executable: string }, typed: string): KpluginError {
  return new KpluginError({
    code: 'build-without-program',
    exit: EXIT.findings,
    message: `${typed} has not made ${executable}, which the manifest names as executable`,
    reason: 'eKuiper starts that file and refuses a package without it',
    hint: `make it write to ${executable}, or correct "executable" in the manifest`,
  });
}
