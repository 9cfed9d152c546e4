import { craftZip } from '../../fixtures/crafted-zip.ts';
import { dir, file, plus, type UnpackCase } from './case.ts';

/** Two whole zips in one file: the end record of the first lies in the comment of the second, or the other way round. */
export function hostile(id: string, seen: 'first' | 'last'): UnpackCase {
  const { zip } = plus(id);
  const other = plus(id, file('install.sh', 'touch made\n')).zip;
  const [front, back] = seen === 'first' ? [zip, other] : [other, zip];
  return { id, zip: Buffer.concat([front, back]) };
}

/** Files that lie in the zip and in no directory. */
export function hiddenFiles(id: string): UnpackCase {
  const hidden = craftZip({ entries: [dir('a/'), file('install.sh', 'touch made\n')] });
  const data = hidden.subarray(0, hidden.indexOf('PK\x01\x02', 0, 'latin1'));
  return plus(id, { ...file('f'), gap: data });
}
