import { visibleLine } from '../../model/printable.ts';

/** Longer texts come from hostile manifests and names; they are truncated. */
const MOST_CHARACTERS = 1500;

/**
 * Truncates a text to the length of a screen. Control characters stay: the output code escapes them, and JSON holds the
 * original.
 */
export function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Escapes control characters, puts the text on one line and truncates it to the length of a screen. */
export function printable(text: string): string {
  return visibleLine(clipped(text));
}
