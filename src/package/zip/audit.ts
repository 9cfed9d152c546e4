import { crc32 } from 'node:zlib';
import type { ViewProblem } from '../../model/view.ts';
import type { Directory } from './directory.ts';
import { nameText } from './entry-name.ts';
import { foreignContent } from './hidden.ts';
import { type Gap, layoutOf, type Part } from './layout.ts';
import { contradiction, readLocalHeader } from './local-header.ts';
import { ambiguous, endReadings } from './readings.ts';
import { extraFields, FLAG, type ZipRecord } from './record.ts';
import type { ZipSource } from './zip-source.ts';

/**
 * What is wrong with the container although Go reads it: `ambiguous` and `overlap` where another program would read
 * other entries or contents, `untidy` where it is merely odd. Looks at every header and at every byte that nothing
 * accounts for, and inflates nothing.
 */
export function auditZip(source: ZipSource, directory: Directory): ViewProblem[] {
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
  found.push(...gaps.map((gap) => gapProblem(source, gap)));
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

const UNICODE_PATH = 0x7075;
const ZIP64 = 0x0001;

function extraProblems({ name, extra }: ZipRecord): ViewProblem[] {
  if (extra === null) return [];
  const { fields, whole } = extraFields(extra);
  const found: ViewProblem[] = [];
  if (!whole) found.push(untidy('an extra field of it is cut off', nameText(name)));
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

/** Info-ZIP's Unicode path counts where its checksum is that of the name; beside a name in UTF-8 it adds nothing. */
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

function gapProblem(source: ZipSource, gap: Gap): ViewProblem {
  const bytes = `${gap.end - gap.start} ${gap.end - gap.start === 1 ? 'byte' : 'bytes'}`;
  if (gap.where === 'behind-directory') {
    return ambiguous(
      `${bytes} between its table of contents and its end record ${gap.end - gap.start === 1 ? 'is' : 'are'} not part of either`,
    );
  }
  const place = PLACES[gap.where];
  const foreign = foreignContent(source, gap.start, gap.end);
  if (foreign !== null)
    return ambiguous(
      `${bytes} ${place} hold ${foreign} that the table of contents does not lead to`,
    );
  return untidy(
    `${bytes} ${place} ${gap.end - gap.start === 1 ? 'is' : 'are'} not part of any entry`,
  );
}

const PLACES: Readonly<Record<Exclude<Gap['where'], 'behind-directory'>, string>> = {
  front: 'in front of its first entry',
  between: 'between its entries',
  'before-directory': 'between its last entry and its table of contents',
  trailing: 'behind its end',
};
