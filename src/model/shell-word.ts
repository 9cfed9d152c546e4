/** A text as one word of a POSIX shell, for commands that people copy: whoever wrote it must not get to run anything. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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
