import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ViewProblem } from '../../model/view.ts';
import type { Content } from '../files/content.ts';
import type { Archive } from './archive.ts';
import { nameText } from './entry-name.ts';
import { unaccounted } from './layout.ts';
import { readEntry, streamEntry, type Tail } from './read-entry.ts';
import { entryKind, FLAG, type ZipRecord } from './record.ts';
import { BAD_METHOD, faultOf, type ZipFault } from './zip-fault.ts';

/** Problems of a zip that prevent inflating any of its entries. */
const NOT_TO_BE_READ: ReadonlySet<ViewProblem['kind']> = new Set([
  'too-large',
  'suspicious-ratio',
  'overlap',
]);

const AT_ONCE = 1024 * 1024;

/** Reads entries and remembers which were read completely; adds damaged ones to `problems`, once each. */
export class EntryReader {
  readonly #archive: Archive;
  readonly #problems: ViewProblem[];
  readonly #judged = new Set<ZipRecord>();

  constructor(archive: Archive, problems: ViewProblem[]) {
    this.#archive = archive;
    this.#problems = problems;
  }

  /** Reads the first `limit` bytes of an entry; throws a ZipFault when it is damaged. */
  async read(record: ZipRecord, limit: number): Promise<Uint8Array> {
    try {
      const tails: Tail[] = [];
      const bytes = await readEntry(this.#archive, record, limit, (tail) => tails.push(tail));
      if (limit >= record.size) this.#good(record, tails);
      return bytes;
    } catch (thrown) {
      throw this.#bad(record, thrown);
    }
  }

  /** The content of an entry, for packing, digests and comparisons. */
  content(record: ZipRecord): Content {
    return new EntryContent(this, this.#archive, record);
  }

  /** Reads every file that was not read completely yet; nothing when a problem prevents inflating. */
  async verify(): Promise<void> {
    if (this.#problems.some(({ kind }) => NOT_TO_BE_READ.has(kind))) return;
    for (const record of this.#archive.records) {
      if (this.#judged.has(record) || entryKind(record.name, record) === 'directory') continue;
      await this.#verifyOne(record);
    }
  }

  async #verifyOne(record: ZipRecord): Promise<void> {
    if (record.size <= AT_ONCE) {
      await this.read(record, record.size).catch(() => {});
      return;
    }
    try {
      const tails: Tail[] = [];
      const stream = await streamEntry(this.#archive, record, (tail) => tails.push(tail));
      await finished(stream.resume());
      this.#good(record, tails);
    } catch (thrown) {
      this.#bad(record, thrown);
    }
  }

  #good(record: ZipRecord, tails: readonly Tail[]): void {
    if (this.#judged.has(record)) return;
    this.#judged.add(record);
    // Where entries overlap, what lies there may be another one that is listed.
    const overlaps = tails.length > 0 && this.#problems.some(({ kind }) => kind === 'overlap');
    for (const tail of overlaps ? [] : tails) {
      const entry = nameText(record.name);
      const where = { ...tail, place: 'behind the end of its compressed data', entry };
      this.#problems.push(unaccounted(this.#archive.source, where));
    }
    if ((record.flags & FLAG.encrypted) === 0) return;
    const detail =
      'it is marked as encrypted, but its content is not: other programs ask for a password';
    this.#problems.push({ kind: 'untidy', entry: nameText(record.name), detail });
  }

  #bad(record: ZipRecord, thrown: unknown): ZipFault {
    const fault = faultOf(thrown);
    const { message, answer } = fault;
    // Reported already; an unsupported compression when the zip was opened.
    if (this.#judged.has(record) || answer === BAD_METHOD) return fault;
    this.#judged.add(record);
    const isEncrypted = (record.flags & FLAG.encrypted) !== 0;
    this.#problems.push({
      kind: isEncrypted ? 'encrypted' : 'unreadable',
      entry: nameText(record.name),
      detail: isEncrypted ? 'is encrypted' : message,
      answer,
    });
    return fault;
  }
}

/** One small object for each of tens of thousands of entries. */
class EntryContent implements Content {
  readonly #reader: EntryReader;
  readonly #archive: Archive;
  readonly #record: ZipRecord;

  constructor(reader: EntryReader, archive: Archive, record: ZipRecord) {
    this.#reader = reader;
    this.#archive = archive;
    this.#record = record;
  }

  bytes(): Promise<Uint8Array> {
    return this.#reader.read(this.#record, this.#record.size);
  }

  stream(): Promise<Readable> {
    return streamEntry(this.#archive, this.#record);
  }

  start(limit: number): Promise<Uint8Array> {
    return this.#reader.read(this.#record, limit);
  }
}
