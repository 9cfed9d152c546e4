import { readFileSync } from 'node:fs';

/** What a program writes is not counted. */
export const isGenerated = (file: string): boolean => file.includes('.generated.');

/** Lines of some files together. */
export function lineCount(files: readonly string[]): number {
  return files.reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/\n/g)?.length ?? 0),
    0,
  );
}
