import { visibleLine } from '../../model/printable.ts';

/** Longer texts come from hostile manifests and names; nobody reads them to the end. */
const MOST_CHARACTERS = 1500;

/** A text not longer than a screen, else as it is: whoever shows it makes it one line, and programs get what it is. */
export function clipped(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** A text on one line that a terminal shows and does not obey, and not longer than a screen. */
export function printable(text: string): string {
  return visibleLine(clipped(text));
}
