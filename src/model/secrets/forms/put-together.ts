/**
 * The text between strings that a program concatenates or lists: on one line with the same quotes, or on consecutive
 * lines.
 */
const JOIN =
  /(["'`])[ \t]{0,80}(?:[+.&,][ \t]{0,80}|(?<=[ \t]))[rbuRBU]{0,2}\1|["'`][ \t]{0,80}[+.&,]?[ \t]{0,80}\\?\r?\n\s{0,80}(?:[+.&,-][ \t]{1,8})?[rbuRBU]{0,2}["'`]/g;

/** A line break inside such a text, with list and comment marks of the next line. */
const LINE_END = /\\?\r?\n[ \t]{0,80}(?:(?:[-#*>;|]|\/\/)[ \t]{1,80})?/g;

/** Joins concatenated strings of a source text (`"a" +`, `"b"` on the next line). */
export function putTogether(text: string): string {
  return text.replace(JOIN, '');
}

/** As {@link putTogether}, also without line ends: the rows of strings, lists and comments become one row. */
export function inOneRow(text: string): string {
  return putTogether(text).replace(LINE_END, '');
}
