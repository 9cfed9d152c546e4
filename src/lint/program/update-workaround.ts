import { SDK_PACKAGE } from '../../model/plugin/node-package.ts';
import { programOf } from '../executable/program.ts';
import type { Subject } from '../subject/subject.ts';
import { buildCommand, nodePackageOf } from './main-program.ts';
import { pythonImports } from './python-imports.ts';
import { programSources } from './source-files.ts';

/** The modules that `kplugin init` writes into Python projects: the present one, and that of earlier projects. */
const HELPERS: ReadonlySet<string> = new Set(['ekuiper_update_workaround', 'ekuiper_update_cure']);
const HELPER_FILE = /(^|\/)(?:ekuiper_update_workaround|ekuiper_update_cure)\.py$/;
/** Size limit for scripts; the TypeScript SDK is bundled into one file. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Whether a plugin dials its function sockets when it starts (docs/ekuiper.md#workaround-in-the-plugin): it uses the
 * helper of `kplugin init`, replaces the SDK's start of functions, is a script that names those sockets, or will be
 * built with the TypeScript SDK.
 */
export async function carriesUpdateWorkaround(subject: Subject): Promise<boolean> {
  const program = await programOf(subject);
  if (program === null) return bundlesSdk(subject);
  if (program.runs === 'python') {
    const files = await programSources(subject);
    return files.some((file) => {
      if (HELPER_FILE.test(file.path)) return false;
      const imports = pythonImports(file, '');
      const isUsed = imports.some(({ name }) => name.split('.').some((word) => HELPERS.has(word)));
      return isUsed || isOwnWorkaround(file.source.text);
    });
  }
  if (program.header.format !== 'script') return false;
  const bytes = await subject.view.read(program.path, MOST_BYTES);
  // Without its folder, which the TypeScript SDK adds at run time.
  return bytes !== null && new TextDecoder().decode(bytes).includes('/func_');
}

/** A program that is still to be built with the TypeScript SDK, which contains the workaround. */
async function bundlesSdk(subject: Subject): Promise<boolean> {
  if ((await buildCommand(subject)) === null) return false;
  const found = await nodePackageOf(subject);
  return found?.needs.includes(SDK_PACKAGE) ?? false;
}

function isOwnWorkaround(text: string): boolean {
  return text.includes('FunctionRuntime') && text.includes('/tmp/func_');
}
