/** The position of a parser in its text. */
export interface Cursor {
  readonly text: string;
  at: number;
}
