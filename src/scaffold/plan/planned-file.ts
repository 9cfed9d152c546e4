/** A file that is to be written, by its POSIX path inside the project. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}
