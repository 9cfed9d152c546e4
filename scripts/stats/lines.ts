import { readFileSync } from 'node:fs';

/** Generated files are not counted. */
export const isGenerated = (file: string): boolean => file.includes('.generated.');

/** The total number of lines of the files. */
export function lineCount(files: readonly string[]): number {
  return files.reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/\n/g)?.length ?? 0),
    0,
  );
}
