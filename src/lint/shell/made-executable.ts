import { cleanPath } from '../../model/clean-path.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';
import { firstScope, HOME, wordValue } from './shell-values.ts';

/** `+x`, `u+rx,g=r`, `a=rwx`; octal modes with execute permission for the owner. */
const EXECUTABLE = /^(?:[ugoa]*[+=][rwst]*[xX]|0?[1357][0-7]{2}$)/;

/**
 * Whether install.sh makes a file of the plugin executable, as far as its text shows: a `chmod` of the file or of a
 * folder above it, of a pattern, or of a value known only at run time.
 */
export function makesExecutable(text: string, path: string): boolean {
  // Most scripts have no chmod, and this check is faster than tokenizing.
  return text.includes('chmod') && shellCommands(text).some((command) => isMeant(command, path));
}

function isMeant({ words: [name, ...args] }: ShellCommand, path: string): boolean {
  if (name?.text !== 'chmod') return false;
  const plain = args.filter((word) => !/^-[A-Za-z-]/.test(word.text));
  const [mode, ...files] = plain;
  if (mode === undefined || !mode.text.split(',').some((part) => EXECUTABLE.test(part)))
    return false;
  const isDeep = plain.length < args.length;
  return files.some((word) => mayBe(word.text, path, isDeep));
}

function mayBe(word: string, path: string, isDeep: boolean): boolean {
  const value = wordValue(word, firstScope());
  if (value === null || value.isPattern) return true;
  const named = cleanPath(value.text.replace(`${HOME}/`, '').replace(HOME, '.')).replace(/\/$/, '');
  return named === path || (isDeep && (named === '.' || path.startsWith(`${named}/`)));
}
