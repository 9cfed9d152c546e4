import {
  builtinReach,
  FUNCTION_NAME,
  isSqlKeyword,
  nameProblem,
  variableBeginningWith,
} from '../model/names.ts';
import { FOLDER_OF, type PluginSymbol } from '../model/symbol.ts';
import { NEWEST_TARGET } from '../model/target.ts';

const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

const FOLDERS: readonly string[] = Object.values(FOLDER_OF);

/**
 * Derives a plugin name from a folder's name: other characters become "-". `problem`: why it cannot be used, or null.
 */
export function nameFromFolder(folderName: string): {
  readonly name: string;
  readonly problem: string | null;
} {
  const name = folderName.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  const problem =
    name === '' ? 'has no letter or digit that a name may hold' : pluginNameProblem(name);
  return { name, problem };
}

/** Why a name is not allowed for a new plugin, or null; stricter than eKuiper, which accepts any name. */
export function pluginNameProblem(name: string): string | null {
  if (FOLDERS.includes(name.toLowerCase())) {
    return 'is the name of a folder that eKuiper unpacks elsewhere';
  }
  return nameProblem(name) ?? deviceProblem(name);
}

/**
 * Why a name is not allowed for a new symbol beside the others of its plugin, or null. eKuiper looks up built-ins first
 * (docs/ekuiper.md#built-in-symbols); functions are called in SQL.
 */
export function symbolProblem(
  symbol: PluginSymbol,
  others: readonly PluginSymbol[],
): string | null {
  return (
    nameProblem(symbol.name) ??
    deviceProblem(symbol.name) ??
    functionProblem(symbol) ??
    builtinProblem(symbol) ??
    variableProblem(symbol) ??
    duplicateProblem(symbol, others)
  );
}

function deviceProblem(name: string): string | null {
  return DEVICE.test(name) ? 'cannot be a file name on Windows' : null;
}

function functionProblem(symbol: PluginSymbol): string | null {
  if (symbol.kind !== 'function') return null;
  if (isSqlKeyword(symbol.name, NEWEST_TARGET)) return 'is a word of SQL and cannot be called';
  if (FUNCTION_NAME.test(symbol.name)) return null;
  return 'cannot be called in SQL: it has to begin with a letter and hold only letters, digits and "_"';
}

function builtinProblem(symbol: PluginSymbol): string | null {
  if (builtinReach(symbol, NEWEST_TARGET) === null) return null;
  return `is a built-in ${symbol.kind} of eKuiper, which would be used instead`;
}

function variableProblem({ kind, name }: PluginSymbol): string | null {
  const variable = kind === 'source' ? variableBeginningWith(name) : null;
  if (variable === null) return null;
  return `would get the environment variable ${variable} as configuration: eKuiper takes all that begin so`;
}

// Names that differ in letter case only are one file on macOS and Windows.
function duplicateProblem(symbol: PluginSymbol, others: readonly PluginSymbol[]): string | null {
  const duplicate = others.find(
    (other) => other.kind === symbol.kind && other.name.toLowerCase() === symbol.name.toLowerCase(),
  );
  if (!duplicate) return null;
  if (duplicate.name === symbol.name) return `is already a ${symbol.kind} of the plugin`;
  return `differs from the ${symbol.kind} "${duplicate.name}" in letter case only`;
}
