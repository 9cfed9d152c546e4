/** Between strings that a program puts together or lists: in one line with alike quotes, or one below the other. */
const JOIN =
  /(["'`])[ \t]{0,80}(?:[+.&,][ \t]{0,80}|(?<=[ \t]))[rbuRBU]{0,2}\1|["'`][ \t]{0,80}[+.&,]?[ \t]{0,80}\\?\r?\n\s{0,80}(?:[+.&,-][ \t]{1,8})?[rbuRBU]{0,2}["'`]/g;

/** A line that goes on below: behind the marks of lists and comments too. */
const LINE_END = /\\?\r?\n[ \t]{0,80}(?:(?:[-#*>;|]|\/\/)[ \t]{1,80})?/g;

/** A source text in which strings that are put together (`"a" +`, `"b"`; one below the other) are one. */
export function putTogether(text: string): string {
  return text.replace(JOIN, '');
}

/** The same without line ends: what stands in the rows of strings, lists and comments is one row. */
export function inOneRow(text: string): string {
  return putTogether(text).replace(LINE_END, '');
}
