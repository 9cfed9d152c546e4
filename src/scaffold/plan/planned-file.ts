/** A file to write, by its POSIX path inside the project. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}
