import { visible } from '../../model/printable.ts';

/**
 * Four numbers that nobody outside this process can know: a colour is kplugin's own when it carries them. They are
 * parameters of the sequence, so that whatever measures a text without its colours leaves them out as well.
 */
const SEAL = Array.from(crypto.getRandomValues(new Uint16Array(4)), (number) =>
  String(1000 + (number % 9000)),
).join(';');

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a text
const COLORS = /\u001b\[(\d{1,2})m/g;
const SEALED = new RegExp(`\u001b\\[${SEAL};(\\d{1,2})m`);

/** A text in which every escape sequence is kplugin's own: they are sealed, so that {@link shown} knows them. */
export function sealed(text: string): string {
  return text.replace(COLORS, `\u001b[${SEAL};$1m`);
}

/**
 * What leaves for the terminal: the colours that kplugin gave, and everything else of files, packages and hosts made
 * visible, genuine escape sequences among it. All output for people goes through here.
 */
export function shown(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(SEALED)
    .map((piece, at) => (at % 2 === 0 ? visible(piece) : `\u001b[${piece}m`))
    .join('');
}
