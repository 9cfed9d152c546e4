import { type Dirent, readdirSync } from 'node:fs';
import { byteText } from '../../model/byte-text.ts';

export interface Listed {
  /** A text of `byteText`: Node would give U+FFFD for bytes that are not UTF-8, and no file has that name. */
  readonly name: string;
  readonly item: Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;
}

/** The entries of a directory, whatever the bytes of their names. Throws system errors. */
export function listDirectory(directory: string): Listed[] {
  const items = readdirSync(directory, { withFileTypes: true });
  if (!items.some(({ name }) => name.includes('\ufffd'))) {
    return items.map((item) => ({ name: item.name, item }));
  }
  // Read again, because names in bytes take much longer for a large directory.
  const inBytes = readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
  return inBytes.map((item) => ({ name: byteText(item.name), item }));
}
