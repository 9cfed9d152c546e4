/** A line that the author has to add, and its place. */
export interface ManualLine {
  readonly where: string;
  readonly line: string;
}

/** The main program with the symbol registered, or the lines to add when its structure is not recognized. */
export type Registration =
  | { readonly placed: true; readonly text: string }
  | { readonly placed: false; readonly lines: readonly ManualLine[] };
