import type { Entry as ZipEntry } from 'yauzl';
import type { Content } from '../plan/content.ts';
import type { Archive } from './archive.ts';
import { readEntry, streamEntry } from './read-entry.ts';

/** The content of a zip's entry; reading it fails where the zip is damaged or lies. */
export function zipContent(archive: Archive, entry: ZipEntry): Content {
  return {
    bytes: () => readEntry(archive, entry, entry.uncompressedSize),
    stream: () => streamEntry(archive, entry),
  };
}
