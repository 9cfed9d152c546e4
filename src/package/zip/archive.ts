import type { ZipFile } from 'yauzl';
import type { ViewProblem } from '../../model/view.ts';
import { auditZip } from './audit.ts';
import { type Directory, readDirectory } from './directory.ts';
import { NO_END } from './end-record.ts';
import { listProblem, MAX_ENTRIES } from './limits.ts';
import { dataFile } from './open-data.ts';
import type { ZipRecord } from './record.ts';
import { ZipFault } from './zip-fault.ts';
import { openSource, type ZipSource } from './zip-source.ts';

/** An opened zip with its central directory as Go reads it. */
export interface Archive {
  readonly source: ZipSource;
  /** For the data of entries that are read piece by piece. */
  readonly data: ZipFile;
  /** Where it lies; empty when it never lay anywhere. */
  readonly path: string;
  /** Empty when Go refuses the zip, or when it has more entries or longer names than are read. */
  readonly records: readonly ZipRecord[];
  /** Why there are no entries; null when Go reads the zip. */
  readonly failure: ViewProblem | null;
  /** What is wrong with the container although Go reads it. */
  readonly problems: readonly ViewProblem[];
}

/**
 * Opens a zip from a path or from memory and lists it; rejects only when the file itself cannot be read.
 * Files from `inMemoryBelow` bytes on are read piece by piece.
 */
export async function openArchive(
  source: string | Buffer,
  inMemoryBelow?: number,
): Promise<Archive> {
  const opened = await openSource(source, inMemoryBelow);
  const path = typeof source === 'string' ? source : '';
  return { source: opened, data: dataFile(opened), path, ...list(opened) };
}

type Listing = Pick<Archive, 'records' | 'failure' | 'problems'>;

function list(source: ZipSource): Listing {
  try {
    const directory = readDirectory(source);
    const failure = directory.isTooLong ? tooLong(directory) : null;
    const records = failure === null ? directory.records : [];
    return { records, failure, problems: failure === null ? auditZip(source, directory) : [] };
  } catch (thrown) {
    if (!(thrown instanceof ZipFault)) throw thrown;
    return { records: [], failure: failureOf(thrown, source), problems: [] };
  }
}

/** The count is what the zip says of itself, where that is not less than what was read. */
function tooLong({ end, records, names }: Directory): ViewProblem | null {
  if (records.length <= MAX_ENTRIES) return listProblem(records.length, names);
  return listProblem(Math.max(records.length, Number(end.claim.records)), names);
}

function failureOf({ message, answer }: ZipFault, source: ZipSource): ViewProblem {
  const beginsLikeZip = source.read(0, 4).toString('latin1') === 'PK\x03\x04';
  const kind = message !== NO_END ? 'bad-directory' : beginsLikeZip ? 'truncated' : 'not-a-zip';
  return { kind, entry: null, detail: message, answer };
}
