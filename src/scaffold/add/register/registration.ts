/** A line that the author has to add by hand, and where. */
export interface ManualLine {
  readonly where: string;
  readonly line: string;
}

/** The main program with the symbol registered, or what to add to it where its shape is not understood. */
export type Registration =
  | { readonly placed: true; readonly text: string }
  | { readonly placed: false; readonly lines: readonly ManualLine[] };
