import { crc32 } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import type { ViewProblem } from '../../model/view.ts';
import { type Directory, NO_END, readDirectory } from './directory.ts';
import { nameText } from './entry-name.ts';
import { type Gap, layoutOf, type Part, unaccounted, untidy } from './layout.ts';
import { listProblem, MAX_ENTRIES } from './limits.ts';
import { contradiction, type LocalHeader, readLocalHeader } from './local-header.ts';
import { dataFile } from './open-data.ts';
import { ambiguous, endReadings } from './readings.ts';
import { entryKind, extraFields, type ZipRecord } from './record.ts';
import { ZipFault } from './zip-fault.ts';
import { openSource, type ZipSource } from './zip-source.ts';

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
    found.push(...extraReadings(record), ...oddFields(record, local));
    if (local === null) continue;
    parts.push({ start: record.headerAt, end: local.dataAt + record.packedSize, record });
    found.push(...localProblems(record, local));
  }
  const { overlap, overlaps, gaps } = layoutOf(source, directory, parts, tailAt);
  if (overlap !== null) found.push(overlapProblem(overlap, overlaps));
  // Where entries overlap, the data of a folder may hold another one that is listed.
  else found.push(...parts.flatMap((part) => folderData(source, part)));
  found.push(...gaps.map((gap) => gapProblem(source, gap, directory.records.length === 0)));
  if (!directory.end.isOneDisk) {
    found.push(untidy('its end record says that it is part of a zip on several disks'));
  }
  if (directory.end.base < 0n)
    found.push(untidy('its start is missing: its offsets are too large'));
  return found;
}

/** Where the local header differs from the central directory. */
function localProblems(record: ZipRecord, local: LocalHeader): ViewProblem[] {
  const other = contradiction(record, local);
  const problems = other === null ? [] : [ambiguous(other, nameText(record.name))];
  return [...problems, ...extraReadings(local)];
}

/** Length of empty data in deflated form. */
const EMPTY_DEFLATED = 2;

/** Data of a folder, which eKuiper ignores. */
function folderData(source: ZipSource, { end: partEnd, record }: Part): ViewProblem[] {
  if (record === null || entryKind(record.name, record) !== 'directory') return [];
  const { packedSize, size } = record;
  if (packedSize === 0 || (size === 0 && packedSize <= EMPTY_DEFLATED)) return [];
  const [start, end] = [partEnd - packedSize, Math.min(source.size, partEnd)];
  if (start >= end) return [];
  const entry = nameText(record.name);
  return [unaccounted(source, { start, end, place: 'in the data of a folder', entry })];
}

type Named = Pick<ZipRecord, 'name' | 'extra'>;

/** In a zip64 archive this disk number says that the zip64 field has it. */
const DISK_IN_ZIP64 = 0xffff;

/** Fields of either header that Go does not look at, or only as far as they are whole. */
function oddFields({ name, extra, disk }: ZipRecord, local: LocalHeader | null): ViewProblem[] {
  const details: string[] = [];
  const { fields, rest } = extraFields(extra);
  if (rest.length > 0 || !isPadding(extraFields(local?.extra ?? null).rest)) {
    details.push('an extra field of it is truncated');
  }
  const isInZip64 = disk === DISK_IN_ZIP64 && fields.some(({ id }) => id === ZIP64);
  if (disk !== 0 && !isInZip64) {
    details.push(`it says that its data is on disk ${disk} of several`);
  }
  return details.map((detail) => untidy(detail, nameText(name)));
}

/** Fewer zero bytes than a field has: programs such as zipalign align the data with them. */
function isPadding(rest: Buffer): boolean {
  return rest.length < 4 && rest.every((byte) => byte === 0);
}

/** Extra fields, of either header, by which other programs find another name or size. */
function extraReadings({ name, extra }: Named): ViewProblem[] {
  if (extra === null) return [];
  const { fields } = extraFields(extra);
  const found: ViewProblem[] = [];
  if (fields.filter(({ id }) => id === ZIP64).length > 1) {
    found.push(ambiguous('it has two zip64 fields, and programs go by either', nameText(name)));
  }
  for (const { id, data } of fields) {
    const other = id === UNICODE_PATH ? otherName(name, data) : null;
    if (other === null) continue;
    const detail = `it has this name for eKuiper, and for programs that go by its Unicode path field the name ${JSON.stringify(other)}`;
    found.push(ambiguous(detail, nameText(name)));
  }
  return found;
}

/** Programs ignore fields of newer versions. */
const NEWEST_FIELD = 1;

/** Info-ZIP's Unicode path field is valid when its checksum matches the name; for a name in UTF-8 it adds nothing. */
function otherName(name: Buffer, field: Buffer): string | null {
  if (field.length < 6 || field.readUInt8(0) > NEWEST_FIELD) return null;
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
  const { start, end, where } = gap;
  if (where === 'behind-directory') {
    const count = end - start;
    const bytes = count === 1 ? '1 byte' : `${count} bytes`;
    return ambiguous(
      `${bytes} between its table of contents and its end record ${count === 1 ? 'is' : 'are'} not part of either`,
    );
  }
  const place =
    isEmpty && where === 'front'
      ? 'in front of its table of contents, which is empty,'
      : PLACES[where];
  return unaccounted(source, { start, end, place, entry: null });
}
