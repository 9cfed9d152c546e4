/** A text as one word of a POSIX shell, for commands that people copy: whoever wrote it must not get to run anything. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(text)) return text;
  return CONTROLS.test(text) ? dollarWord(text) : `'${text.replaceAll("'", "'\\''")}'`;
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]/;
const ESCAPED = /[\u0000-\u001f\u007f'\\]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: back to normal

/**
 * Control characters as `$'\012'`: they would end the line, or stand there as something else than they are. Shells have
 * it since POSIX.1-2024; bash, ksh and zsh for longer.
 */
function dollarWord(text: string): string {
  const octal = (char: string): string => char.charCodeAt(0).toString(8).padStart(3, '0');
  return `$'${text.replace(ESCAPED, (char) => `\\${octal(char)}`)}'`;
}

/** The path of a file as one word that no program takes for a flag. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

/** A text as one word; what the reader has to fill in where it is not known. */
export function shellWordOr(text: string | null | undefined, blank: `<${string}>`): string {
  return text === null || text === undefined ? blank : shellWord(text);
}

/**
 * `<name> --host <host>` for commands of kplugin about a plugin. A name that begins with a dash comes last, behind `--`,
 * where it is no flag.
 */
export function pluginAt(name: string | null | undefined, host: string): string {
  const word = shellWordOr(name, '<plugin>');
  const at = `--host ${shellWord(host)}`;
  return word.startsWith('-') ? `${at} -- ${word}` : `${word} ${at}`;
}
