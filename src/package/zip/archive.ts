import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import type { ViewProblem } from '../../model/view.ts';
import { type Directory, readDirectory } from './directory.ts';
import { NO_END } from './end-record.ts';
import { nameText } from './entry-name.ts';
import { type Gap, layoutOf, type Part } from './layout.ts';
import { listProblem, MAX_ENTRIES } from './limits.ts';
import { contradiction, readLocalHeader } from './local-header.ts';
import { dataFile } from './open-data.ts';
import { ambiguous, endReadings } from './readings.ts';
import { extraFields, FLAG, type ZipRecord } from './record.ts';
import { ZipFault } from './zip-fault.ts';
import { openSource, type ZipSource } from './zip-source.ts';

const PIECE = 1024 * 1024;

const ENTRY = Buffer.from('PK\x03\x04', 'latin1');

const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');

const HEADER = 30;

const METHODS = new Set([0, 8, 9, 12, 14, 93, 95]);

const NEWEST_VERSION = 63;

const LONGEST_NAME = 4096;

const UNICODE_PATH = 0x7075;

const ZIP64 = 0x0001;

const PLACES: Readonly<Record<Exclude<Gap['where'], 'behind-directory'>, string>> = {
  front: 'in front of its first entry',
  between: 'between its entries',
  'before-directory': 'between its last entry and its table of contents',
  trailing: 'behind its end',
};

/** An open zip with its central directory as Go reads it. */
export interface Archive {
  readonly source: ZipSource;
  /** For reading entries in pieces. */
  readonly data: ZipFile;
  /** Path of the file; empty for a zip from memory. */
  readonly path: string;
  /** Empty when Go rejects the zip, or when it has more entries or longer names than the limits. */
  readonly records: readonly ZipRecord[];
  /** Why there are no entries; null when Go reads the zip. */
  readonly failure: ViewProblem | null;
  /** Problems of the container that Go does not reject. */
  readonly problems: readonly ViewProblem[];
}

/**
 * Opens a zip from a path or from memory and lists it; rejects only when the file itself cannot be read. Files from
 * `inMemoryBelow` bytes on are read in pieces.
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

/** Reports the count in the end record, unless it is less than what was read. */
function tooLong({ end, records, names }: Directory): ViewProblem | null {
  if (records.length <= MAX_ENTRIES) return listProblem(records.length, names);
  return listProblem(Math.max(records.length, Number(end.claim.records)), names);
}

function failureOf({ message, answer }: ZipFault, source: ZipSource): ViewProblem {
  const beginsLikeZip = source.read(0, 4).toString('latin1') === 'PK\x03\x04';
  const kind = message !== NO_END ? 'bad-directory' : beginsLikeZip ? 'truncated' : 'not-a-zip';
  return { kind, entry: null, detail: message, answer };
}

/**
 * Finds problems of the container that Go does not reject: `ambiguous` and `overlap` when other programs would read
 * other entries or contents, `untidy` when it is only unusual. Examines every header and every byte that no record
 * covers; inflates nothing.
 */
function auditZip(source: ZipSource, directory: Directory): ViewProblem[] {
  const { problems, tailAt } = endReadings(source, directory);
  const parts: Part[] = [];
  const found: ViewProblem[] = [...problems];
  for (const record of directory.records) {
    const local = readLocalHeader(source, record.headerAt);
    if (local !== null) {
      parts.push({ start: record.headerAt, end: local.dataAt + record.packedSize, record });
      const other = contradiction(record, local);
      if (other !== null) found.push(ambiguous(other, nameText(record.name)));
      else if (local.crc32 !== record.crc32 && !isFilling(local.flags, local.crc32)) {
        found.push(
          untidy('the header in front of its data has another checksum', nameText(record.name)),
        );
      }
    }
    found.push(...extraProblems(record));
  }
  const { overlap, overlaps, gaps } = layoutOf(source, directory, parts, tailAt);
  if (overlap !== null) found.push(overlapProblem(overlap, overlaps));
  found.push(...gaps.map((gap) => gapProblem(source, gap, directory.records.length === 0)));
  if (!directory.end.isOneDisk) {
    found.push(untidy('its end record says that it is part of a zip on several disks'));
  }
  if (directory.end.base < 0n)
    found.push(untidy('its start is missing: its offsets are too large'));
  return found;
}

function isFilling(flags: number, value: number): boolean {
  return (flags & FLAG.descriptor) !== 0 && value === 0;
}

function untidy(detail: string, entry: string | null = null): ViewProblem {
  return { kind: 'untidy', entry, detail };
}

function extraProblems({ name, extra }: ZipRecord): ViewProblem[] {
  if (extra === null) return [];
  const { fields, whole } = extraFields(extra);
  const found: ViewProblem[] = [];
  if (!whole) found.push(untidy('an extra field of it is truncated', nameText(name)));
  if (fields.filter(({ id }) => id === ZIP64).length > 1) {
    found.push(ambiguous('it has two zip64 fields, and programs go by either', nameText(name)));
  }
  const other = otherName(name, fields.find(({ id }) => id === UNICODE_PATH)?.data);
  if (other !== null) {
    const detail = `it has this name for eKuiper, and for programs that go by its Unicode path field the name ${JSON.stringify(other)}`;
    found.push(ambiguous(detail, nameText(name)));
  }
  return found;
}

/** Info-ZIP's Unicode path field is valid when its checksum matches the name; for a name in UTF-8 it adds nothing. */
function otherName(name: Buffer, field: Buffer | undefined): string | null {
  if (field === undefined || field.length < 6 || field.readUInt8(0) !== 1) return null;
  if (field.readUInt32LE(1) !== crc32(name) || field.subarray(5).equals(name)) return null;
  return isUtf8(name) ? field.subarray(5).toString() : null;
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}

function overlapProblem([first, second]: readonly [Part, Part], count: number): ViewProblem {
  const more = count > 1 ? `, and so do ${count - 1} more` : '';
  return {
    kind: 'overlap',
    entry: null,
    detail: `${partName(first)} and ${partName(second)} lie on the same bytes of the zip${more}`,
  };
}

function partName({ record }: Part): string {
  return record === null ? 'the table of contents' : nameText(record.name);
}

function gapProblem(source: ZipSource, gap: Gap, isEmpty: boolean): ViewProblem {
  const bytes = `${gap.end - gap.start} ${gap.end - gap.start === 1 ? 'byte' : 'bytes'}`;
  if (gap.where === 'behind-directory') {
    return ambiguous(
      `${bytes} between its table of contents and its end record ${gap.end - gap.start === 1 ? 'is' : 'are'} not part of either`,
    );
  }
  const place =
    isEmpty && gap.where === 'front'
      ? 'in front of its table of contents, which is empty,'
      : PLACES[gap.where];
  const foreign = foreignContent(source, gap.start, gap.end);
  if (foreign !== null)
    return ambiguous(
      `${bytes} ${place} hold ${foreign} that the table of contents does not lead to`,
    );
  return untidy(
    `${bytes} ${place} ${gap.end - gap.start === 1 ? 'is' : 'are'} not part of any entry`,
  );
}

/**
 * The zip records in bytes that no other record covers: an entry or part of a central directory, which programs find
 * that read a zip from its start or repair it. Null for other data, such as the stub of a self-extracting program.
 */
function foreignContent(source: ZipSource, start: number, end: number): string | null {
  for (let at = start; at < end; at += PIECE) {
    const piece = source.read(at, Math.min(PIECE + HEADER, end - at));
    if (hasEntry(piece)) return 'an entry';
    if (hasDirectory(piece)) return 'part of a table of contents';
  }
  return null;
}

function hasEntry(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ENTRY); at >= 0; at = bytes.indexOf(ENTRY, at + 1)) {
    if (at + HEADER > bytes.length) return false;
    const name = bytes.readUInt16LE(at + 26);
    const isHeader =
      bytes.readUInt8(at + 4) <= NEWEST_VERSION &&
      METHODS.has(bytes.readUInt16LE(at + 8)) &&
      name > 0 &&
      name <= LONGEST_NAME;
    if (isHeader) return true;
  }
  return false;
}

function hasDirectory(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(DIRECTORY); at >= 0; at = bytes.indexOf(DIRECTORY, at + 1)) {
    if (at + HEADER > bytes.length) return false;
    if (METHODS.has(bytes.readUInt16LE(at + 10)) && bytes.readUInt16LE(at + 28) > 0) return true;
  }
  return false;
}
