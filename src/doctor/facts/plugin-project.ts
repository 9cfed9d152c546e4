import path from 'node:path';
import { assertManifest, openPlugin } from '../../cli/open-plugin.ts';
import { type Examination, examine } from '../../lint/lint.ts';
import { buildCommand } from '../../lint/program/main-program.ts';
import { keepAliveOf } from '../../lint/program/python-keep-alive.ts';
import { readManifest } from '../../lint/subject/manifest.ts';
import type { Target } from '../../model/target.ts';
import type { PluginView } from '../../model/view.ts';

/** The language of a plugin, from its manifest and the files next to it. */
type ProjectLanguage = 'python' | 'go' | 'typescript' | 'other';

/** The plugin in a directory, read once for all checks. */
export interface PluginProject {
  /** As it was typed. */
  readonly label: string;
  readonly target: Target;
  readonly examination: Examination;
  readonly language: ProjectLanguage;
  /** The manifest has `virtualEnvType: conda`. */
  readonly conda: boolean;
  /** The build command that `pack` would run; null when nothing has to be built. */
  readonly build: string | null;
  /** Files next to the manifest that name the SDK; null when they do not exist. */
  readonly requirements: string | null;
  /** It replaces the keep-alive of the Python SDK. */
  readonly isQuiet: boolean;
  readonly goMod: string | null;
  readonly nodePackage: string | null;
}

/** Reads the plugin in a directory. Throws exit 2 when there is none. */
export async function readProject(
  label: string,
  cwd: string,
  target: Target,
): Promise<PluginProject> {
  const file = path.resolve(cwd, label);
  const view = await openPlugin(file, label);
  try {
    const examination = await examine(view, { target });
    await assertManifest(examination, file, label);
    return await described(view, examination, label, target);
  } finally {
    await view.close();
  }
}

async function described(
  view: PluginView,
  examination: Examination,
  label: string,
  target: Target,
): Promise<PluginProject> {
  const { subject } = examination;
  const info = readManifest(subject)?.info;
  const requirements = await textOf(view, 'requirements.txt');
  const goMod = await textOf(view, 'go.mod');
  const nodePackage = await textOf(view, 'package.json');
  const language = languageOf(info?.language ?? '', goMod, nodePackage);
  return {
    label,
    target,
    examination,
    language,
    conda: info?.virtualEnvType === 'conda',
    build: await buildCommand(subject),
    requirements,
    isQuiet: language === 'python' && (await keepAliveOf(subject)).helper === 'quiet',
    goMod,
    nodePackage,
  };
}

function languageOf(
  language: string,
  goMod: string | null,
  nodePackage: string | null,
): ProjectLanguage {
  if (language === 'python') return 'python';
  if (language !== 'go') return 'other';
  if (goMod !== null) return 'go';
  return nodePackage === null ? 'other' : 'typescript';
}

async function textOf(view: PluginView, name: string): Promise<string | null> {
  const bytes = await view.readProject(name, 256 * 1024);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}
