/** A source file of a Python program. */
export interface PythonSource {
  readonly path: string;
  readonly text: string;
}

/** Why Python cannot read a file. */
export interface PythonFlaw {
  readonly path: string;
  /** The class of the error: `IndentationError`. */
  readonly error: string;
  readonly message: string;
  /** From 1; null when Python does not say it. */
  readonly line: number | null;
}

/** The answer of a Python that read sources without running them. */
export interface PythonVerdict {
  /** The release of Python: `3.11`. */
  readonly version: string;
  readonly flaws: readonly PythonFlaw[];
}

/** Lets the Python of this machine read sources, without running them; null when there is none. */
export type PythonParser = (sources: readonly PythonSource[]) => Promise<PythonVerdict | null>;
