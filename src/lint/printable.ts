import { visibleLine } from '../model/printable.ts';

/** Longer texts come from hostile manifests and names; nobody reads them to the end. */
const MOST_CHARACTERS = 1500;

/** A text on one line that a terminal shows and does not obey, and not longer than a screen. */
export function printable(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return visibleLine(short);
}
