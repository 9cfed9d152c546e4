import { textBytes } from './byte-text.ts';
import { isShown } from './printable.ts';

/**
 * Quotes a text as one word of a POSIX shell, for commands that people copy. Untrusted texts are safe: the shell runs
 * nothing in them.
 */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(text)) return text;
  const chars = [...text];
  return chars.every(isPlain) ? `'${text.replaceAll("'", "'\\''")}'` : dollarWord(chars);
}

/** Whether a character looks in a message as it is typed. */
function isPlain(char: string): boolean {
  return isShown(char) && char !== '\n' && char !== '\t';
}

/**
 * Quotes with characters that a terminal does not show as `$'\012'`: as they are they would end the line, change what is
 * shown, or be escaped in a way that no shell reads. In POSIX.1-2024; bash, ksh and zsh support it longer.
 */
function dollarWord(chars: readonly string[]): string {
  const quoted = chars.map((char) => (isPlain(char) && !/['\\]/.test(char) ? char : octal(char)));
  return `$'${quoted.join('')}'`;
}

/** Each byte of the character in UTF-8, or the byte that is not UTF-8, as `\303`. */
function octal(char: string): string {
  return [...textBytes(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** Quotes a file path as one word that no program parses as a flag. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

/** Quotes a text as one word; returns the placeholder when the text is not known. */
export function shellWordOr(text: string | null | undefined, blank: `<${string}>`): string {
  return text === null || text === undefined ? blank : shellWord(text);
}

/**
 * `<name> --host <host>` for kplugin commands about a plugin. A name that starts with a dash comes last, after `--`,
 * so that it is not parsed as a flag.
 */
export function pluginAt(name: string | null | undefined, host: string): string {
  const word = shellWordOr(name, '<plugin>');
  const at = `--host ${shellWord(host)}`;
  return word.startsWith('-') ? `${at} -- ${word}` : `${word} ${at}`;
}

/** Whether the source of a plugin to install is a URL; everything else is a path. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** How messages name a source: a URL without user, password and query, which may be secrets. */
export function sourceLabel(source: string): string {
  if (!isUrl(source)) return source;
  const bare = source.replace(/[?#].*/s, '');
  // When the URL cannot be parsed, everything up to the last "@" may be the password.
  const user = URL.canParse(source) ? /^(https?:\/\/)[^/]*@/i : /^(https?:\/\/).*@/i;
  return bare.replace(user, '$1');
}

/** How suggested commands name a source: removed parts become a placeholder. */
export function sourceArgument(source: string): string {
  if (isUrl(source)) return '<zip>';
  const path = source.startsWith('-') ? `./${source}` : source;
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
