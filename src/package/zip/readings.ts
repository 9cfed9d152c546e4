import type { ViewProblem } from '../../model/view.ts';
import {
  type Directory,
  type DirectoryClaim,
  type DirectoryEnd,
  END_LENGTH,
  entriesText,
  LOCATOR_LENGTH,
  readLocator,
  readZip64,
} from './directory.ts';
import { faultOf } from './zip-fault.ts';
import type { ZipSource } from './zip-source.ts';

/** The result of comparing the records after the directory. */
interface EndReading {
  readonly problems: readonly ViewProblem[];
  /** Offset of the first of those records. */
  readonly tailAt: number;
}

/**
 * Finds cases in which other programs use another central directory than Go, by the records at the zip's end alone: a
 * zip64 locator that only some follow, a second end record, counts and sizes that do not agree.
 */
export function endReadings(source: ZipSource, directory: Directory): EndReading {
  const { end, records, directoryEnd, isTooLong } = directory;
  const { claim, claimedBy } = end;
  const zip64 = zip64Reading(source, end);
  const problems = [...zip64.problems, ...secondEnd(source, end)];
  if (isTooLong) return { problems, tailAt: zip64.tailAt };
  if (claim.records !== BigInt(records.length)) {
    problems.push(
      ambiguous(
        `${claimedBy} says ${entriesText(claim.records)}, and its table of contents has ${records.length}: ` +
          'eKuiper reads all of them, other programs only as many as it says',
      ),
    );
  }
  const length = directoryEnd - end.directoryAt;
  if (claim.size !== BigInt(length)) {
    problems.push(
      ambiguous(
        `${claimedBy} says that the table of contents has ${claim.size} bytes, and it has ${length}: ` +
          'programs look for it at different places',
      ),
    );
  }
  return { problems, tailAt: zip64.tailAt };
}

/** An ambiguity is a problem of the whole container. */
export function ambiguous(detail: string, entry: string | null = null): ViewProblem {
  return { kind: 'ambiguous', entry, detail };
}

function zip64Reading(source: ZipSource, end: DirectoryEnd): EndReading {
  const locator = readLocator(source, end.at);
  if (locator === null) return { problems: [], tailAt: end.at };
  const tailAt = end.at - LOCATOR_LENGTH;
  if (end.zip64At !== null) return followed(source, end, end.zip64At, tailAt);
  const at =
    locator.at >= 0n && locator.at < BigInt(source.size) ? Number(locator.at) : source.size;
  try {
    const record = readZip64(source, at);
    const isWhole = record.next === BigInt(tailAt);
    if (sameClaim(record, end.claim)) return { problems: [], tailAt: isWhole ? at : tailAt };
    const detail =
      `it has two tables of contents: eKuiper reads one with ${entriesText(end.claim.records)}, ` +
      `programs that follow its zip64 locator one with ${record.records}`;
    return { problems: [ambiguous(detail)], tailAt: isWhole ? at : tailAt };
  } catch (thrown) {
    const detail = `it has a zip64 locator, which eKuiper does not follow and other programs do: ${faultOf(thrown).message}`;
    return { problems: [ambiguous(detail)], tailAt };
  }
}

/** Some programs use from the zip64 record only the values that the end record cannot hold; Go uses all. */
function followed(source: ZipSource, end: DirectoryEnd, at: number, tailAt: number): EndReading {
  const { plain, claim } = end;
  const differs =
    (plain.records !== 0xffffn && plain.records !== claim.records) ||
    (plain.size !== 0xffffffffn && plain.size !== claim.size) ||
    (plain.offset !== 0xffffffffn && plain.offset !== claim.offset);
  const problems = differs
    ? [ambiguous('its end record and its zip64 end record name different tables of contents')]
    : [];
  const isWhole = readZip64(source, at).next === BigInt(tailAt);
  return { problems, tailAt: isWhole ? at : tailAt };
}

function sameClaim(a: DirectoryClaim, b: DirectoryClaim): boolean {
  return a.records === b.records && a.size === b.size && a.offset === b.offset;
}

const LONGEST_COMMENT = 0xffff;
const SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');

/** An earlier end record whose comment extends to the end of the file: programs that require this use that record. */
function secondEnd(source: ZipSource, end: DirectoryEnd): ViewProblem[] {
  const start = Math.max(0, source.size - LONGEST_COMMENT - END_LENGTH);
  const block = source.read(start, end.at - start + END_LENGTH);
  for (let at = block.indexOf(SIGNATURE); at >= 0; at = block.indexOf(SIGNATURE, at + 1)) {
    if (start + at >= end.at) break;
    const commentEnd = start + at + END_LENGTH + block.readUInt16LE(at + 20);
    if (commentEnd !== source.size) continue;
    return [
      ambiguous(
        'it has two end records, one in the comment of the other: eKuiper goes by the last one, other programs by the first',
      ),
    ];
  }
  return [];
}
