import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { HostRefusal } from '../../emulator/runtime/refusal.ts';
import { commandOf } from '../../emulator/runtime/run/plugin-process.ts';
import { manifestOf } from '../../emulator/runtime/unpack/package-zip.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { nullUnlessLimit } from '../../model/machine-limit.ts';
import type { PluginInfo } from '../../model/plugin/manifest.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import type { Target } from '../../model/target.ts';
import { openRegularFile } from '../../package/files/regular-file.ts';
import { prepareProject } from '../../package/prepare.ts';
import { type Named, sayFindings } from './named-plugin.ts';

/** A plugin whose process the user starts (an attached process). */
export interface AttachedPlugin extends Named {
  /** `executable` is absolute. */
  readonly plugin: PluginInfo;
  /** The absolute path of the project. */
  readonly directory: string;
  readonly start: StartCommands;
}

/** The commands that start the process, also under a debugger. */
interface StartCommands {
  /** The absolute path of the working directory: that of the executable, as in eKuiper. */
  readonly directory: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** The command that builds the executable; null for none. */
  readonly build: string | null;
  /** The command under a debugger; null when there is no usual one. */
  readonly debug: readonly string[] | null;
}

/**
 * Reads the manifest of a project and prints its findings. Throws a KpluginError when it has none or eKuiper would
 * reject it.
 */
export async function readAttachedPlugin(
  label: string,
  options: { readonly target: Target; readonly python: string },
  context: Context,
): Promise<AttachedPlugin> {
  const directory = resolve(context.cwd, label);
  if (!(await stat(directory).catch(() => null))?.isDirectory()) throw noDirectory(label);
  const { target, python } = options;
  const { view, identity, findings, subject } = await prepareProject(directory, { target, label });
  await sayFindings({ findings, subject }, context);
  const bytes = identity.name === null ? null : await view.read(`${identity.name}.json`);
  if (identity.name === null || bytes === null) throw noManifest(label);
  const info = readManifest(bytes, identity.name, label);
  const plugin = { ...info, executable: join(directory, info.executable) };
  return {
    label,
    name: plugin.name,
    symbols: identity.symbols,
    plugin,
    directory,
    start: await handStart(plugin, directory, python, target),
  };
}

function readManifest(bytes: Uint8Array, name: string, label: string): PluginInfo {
  try {
    return manifestOf(bytes, name);
  } catch (error) {
    if (!(error instanceof HostRefusal)) throw error;
    throw new KpluginError({
      code: 'manifest-unusable',
      exit: EXIT.findings,
      message: `the manifest of ${label} is one that eKuiper refuses`,
      reason: error.message,
      hint: `kplugin validate ${fileWord(label)}`,
      cause: error,
    });
  }
}

async function handStart(
  plugin: PluginInfo,
  directory: string,
  python: string,
  target: Target,
): Promise<StartCommands> {
  const program = basename(plugin.executable);
  const isPython = plugin.language === 'python';
  const typed = { ...plugin, executable: isPython ? program : `./${program}` };
  const command = commandOf(typed, python, target);
  const argument = command.at(-1) ?? '';
  const head = isPython ? '' : await startOf(plugin.executable);
  const hasGoModule = !isPython && (await exists(join(directory, 'go.mod')));
  return {
    directory: dirname(plugin.executable),
    command,
    build: hasGoModule ? `go build -o ${fileWord(program)} .` : null,
    debug: debugger_(isPython, hasGoModule, head, command, argument),
  };
}

function debugger_(
  isPython: boolean,
  isGo: boolean,
  head: string,
  command: readonly string[],
  argument: string,
): readonly string[] | null {
  const program = command.at(-2) ?? '';
  if (isPython) {
    // The debugger's arguments come between the interpreter and the script.
    return [
      ...command.slice(0, -2).filter((word) => word !== '-u'),
      '-m',
      'pdb',
      program,
      argument,
    ];
  }
  if (isGo) return ['dlv', 'debug', '.', '--', argument];
  return /^#!.*\bnode\b/.test(head) ? ['node', '--inspect-brk', program, argument] : null;
}

/** Reads the first bytes of a file as text; empty when it cannot be read. */
async function startOf(file: string): Promise<string> {
  const handle = await openRegularFile(file).catch(nullUnlessLimit);
  if (handle === null) return '';
  const { buffer, bytesRead } = await handle
    .read(Buffer.alloc(128), 0, 128, 0)
    .finally(() => handle.close());
  return buffer.toString('latin1', 0, bytesRead).split('\n')[0] ?? '';
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

/** The instructions: how to start the program, also under a debugger. */
export function startInstructions({ plugin, start }: AttachedPlugin): string[] {
  const { directory, command, build, debug } = start;
  const words = (parts: readonly string[]): string => parts.map(shellWord).join(' ');
  const argument = command.at(-1) ?? '';
  return [
    `start ${plugin.name} in another terminal:`,
    `  cd ${fileWord(directory)}`,
    ...(build === null ? [] : [`  ${build}`]),
    `  ${words(command)}`,
    'or under a debugger:',
    ...(debug === null ? [] : [`  ${words(debug)}`]),
    `  (program ${plugin.executable}, argument ${argument}, working directory ${directory})`,
  ];
}

function noDirectory(label: string): KpluginError {
  return new KpluginError({
    code: 'not-a-project',
    exit: EXIT.usage,
    message: `--no-spawn needs the directory of a project, and ${label} is none`,
    reason: 'what is started by hand runs where it lies',
    hint: 'name the directory that holds the manifest, or leave --no-spawn out',
  });
}

function noManifest(label: string): KpluginError {
  return new KpluginError({
    code: 'no-manifest',
    exit: EXIT.findings,
    message: `${label} has no manifest, so it is no plugin`,
    hint: `kplugin validate ${fileWord(label)}`,
  });
}
