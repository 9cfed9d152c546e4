/** Where a parser stands in its text. */
export interface Cursor {
  readonly text: string;
  at: number;
}
