import { lstatSync, readFileSync } from 'node:fs';
import { byteText, hasOtherBytes, pathOf, textBytes } from '../model/byte-text.ts';
import { readName } from '../model/encoding/detect.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { fileWord, shellWord } from '../model/shell-word.ts';
import { encodingOfNames, readingsText } from '../package/zip/entry-name.ts';
import { SECRETS } from './secret-environment.ts';

/** What Node puts in the place of bytes that are not UTF-8, and so what names another file, or none. */
const REPLACED = '\u{fffd}';

/**
 * Throws (exit 2) when an argument, or a variable for a flag, has bytes that are not UTF-8. Only Linux has such names,
 * and shows the bytes; elsewhere, and for a text that really has the sign U+FFFD, nothing is thrown.
 */
export function refuseForeignArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): void {
  if (argv.some((one) => one.includes(REPLACED))) {
    // Before the arguments stand Node, its own and the script.
    const raw = textsOf('/proc/self/cmdline').slice(-argv.length);
    const place = raw.findIndex(hasOtherBytes);
    if (place >= 0) throw foreign(`argument ${place + 1}`, raw[place] ?? '');
  }
  const variables = Object.entries(env).filter(([name]) => name.startsWith('KPLUGIN_'));
  if (!variables.some(([, value = '']) => value.includes(REPLACED))) return;
  for (const line of textsOf('/proc/self/environ')) {
    const [, name, value = ''] = /^(KPLUGIN_\w+)=(.*)$/s.exec(line) ?? [];
    // No error repeats a secret.
    if (name === undefined || SECRETS.some((one) => one === name)) continue;
    if (hasOtherBytes(value)) throw foreign(name, value);
  }
}

/** The texts of a file of `/proc`, each ended by a zero byte; none where there is no such file. */
function textsOf(file: string): string[] {
  try {
    return byteText(readFileSync(file)).split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

function foreign(what: string, text: string): KpluginError {
  const value = text.replace(/^--?[\w-]+=/, '');
  const bytes = textBytes(value);
  return new KpluginError({
    code: 'argument-not-utf8',
    exit: EXIT.usage,
    message: `${what} is not UTF-8: ${shellWord(text)}`,
    reason: `kplugin runs on Node, which takes no other texts; ${readingsText(bytes, encodingOfNames([bytes]))}`,
    hint: renaming(value) ?? 'give it in UTF-8; the names of files and folders too',
  });
}

/** The command that renames the first file or folder of a path whose name is not UTF-8; null for what is no path. */
function renaming(value: string): string | null {
  const names = value.split('/');
  const at = names.findIndex(hasOtherBytes);
  const folder = names
    .slice(0, at)
    .map((name) => `${name}/`)
    .join('');
  const path = `${folder}${names[at]}`;
  if (lstatSync(pathOf(path), { throwIfNoEntry: false }) === undefined) return null;
  const bytes = textBytes(names[at] ?? '');
  const { sure } = encodingOfNames([bytes]);
  const meant = sure && readName(bytes, sure);
  const to = meant === null ? '<name>' : fileWord(`${folder}${meant}`);
  return `rename it: mv -n ${fileWord(path)} ${to}`;
}
