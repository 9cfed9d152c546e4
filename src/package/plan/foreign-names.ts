import { hasOtherBytes, textBytes } from '../../model/byte-text.ts';
import type { ViewProblem } from '../../model/view.ts';
import { encodingOfNames, foreignName } from '../zip/entry-name.ts';

/** The last name of a path. */
const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the last name of a path (a text of `byteText`) is not UTF-8. */
export function isForeign(path: string): boolean {
  return hasOtherBytes(lastName(path));
}

/** The problems of files whose names are not UTF-8; their code page is detected for all of them together. */
export function foreignProblems(paths: readonly string[]): ViewProblem[] {
  const names = paths.map((path) => textBytes(lastName(path)));
  const encoding = encodingOfNames(names);
  return paths.map((path) => foreignName(path, textBytes(lastName(path)), encoding));
}
