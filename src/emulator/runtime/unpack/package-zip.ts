import { setImmediate as turn } from 'node:timers/promises';
import { has } from '../../../model/behaviours.ts';
import { byteText } from '../../../model/byte-text.ts';
import { parseGoJsonBytes } from '../../../model/json/bytes.ts';
import {
  type DecodedManifest,
  decodeManifest,
  type PluginInfo,
} from '../../../model/plugin/manifest.ts';
import type { Target } from '../../../model/target.ts';
import type { ViewProblem } from '../../../model/view.ts';
import { type Archive, openArchive } from '../../../package/zip/archive.ts';
import { MAX_TOTAL } from '../../../package/zip/limits.ts';
import { goPieces, readEntry } from '../../../package/zip/read-entry.ts';
import { type GoMode, goMode, type ZipRecord } from '../../../package/zip/record.ts';
import { faultOf, ZipFault } from '../../../package/zip/zip-fault.ts';
import { HostRefusal } from '../refusal.ts';

/** Bytes: a stream for each small file would cost more than the file. */
const SMALL = 1024 ** 2;

const MANIFEST_LIMIT = 16 * 1024 ** 2;

/** One zip entry as eKuiper sees it: its name is neither checked nor cleaned yet. */
export interface ZipItem {
  /** As byteText makes it. */
  readonly name: string;
  readonly mode: GoMode;
  /** The whole content of a small valid entry; else null: then open() gives as much of it as Go returns. */
  small(): Promise<Uint8Array | null>;
  /** Rejects with a HostRefusal with Go's error text; so does the iterable. */
  open(): Promise<AsyncIterable<Buffer>>;
}

export interface OpenZip {
  /** In the zip's own order, directories included. */
  readonly items: readonly ZipItem[];
  close(): void;
}

/**
 * Opens a zip for unpacking. Throws HostRefusal with Go's error text for an invalid one. `shownAs`: the path of
 * eKuiper's copy, which some error texts contain.
 */
export async function openZip(path: string, shownAs: string): Promise<OpenZip> {
  const archive = await openArchive(path);
  const { source, records, failure } = archive;
  const refusal = failure === null ? tooLarge(records) : refusalOf(failure);
  if (refusal !== null) {
    source.close();
    throw refusal;
  }
  return {
    items: records.map((record) => ({
      name: byteText(record.name),
      mode: goMode(record.name, record),
      small: () => smallContent(archive, record),
      open: () => open(archive, record, shownAs),
    })),
    close: () => source.close(),
  };
}

async function smallContent(archive: Archive, record: ZipRecord): Promise<Uint8Array | null> {
  if (record.size > SMALL || record.packedSize > SMALL) return null;
  try {
    return await readEntry(archive, record, record.size);
  } catch (error) {
    if (error instanceof ZipFault) return null;
    throw error;
  }
}

async function open(
  archive: Archive,
  record: ZipRecord,
  shownAs: string,
): Promise<AsyncIterable<Buffer>> {
  try {
    return refusing(await goPieces(archive, record));
  } catch (error) {
    const { answer } = faultOf(error);
    // Go's os.File includes its own name.
    const words = answer === 'negative offset' ? `readat ${shownAs}: ${answer}` : answer;
    throw new HostRefusal(words, { cause: error });
  }
}

async function* refusing(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    throw new HostRefusal(faultOf(error).answer, { cause: error });
  }
}

function refusalOf({ answer, detail }: ViewProblem): HostRefusal {
  const words = answer ?? `kplugin serve refuses the zip: ${detail}`;
  return new HostRefusal(words, { cause: new Error(detail) });
}

function tooLarge(records: readonly ZipRecord[]): HostRefusal | null {
  const unpacked = records.reduce((sum, record) => sum + record.size, 0);
  if (unpacked <= MAX_TOTAL) return null;
  return new HostRefusal(`kplugin serve refuses the zip: it would unpack to ${unpacked} bytes`);
}

/**
 * Reads `<name>.json` from the zip as eKuiper does: the entry's name must be exactly that. Of several entries the
 * first counts; 1.14 decodes all and uses the last. Throws HostRefusal with eKuiper's error text (portable/manager.go,
 * model.go; recorded cases `zip.topfolder`, `man.*`).
 */
export async function manifestIn(zip: OpenZip, name: string, target: Target): Promise<PluginInfo> {
  const all = zip.items.filter((one) => one.name === `${name}.json`);
  const read = has(target, 'reads-first-manifest') ? all.slice(0, 1) : all;
  let decoded: ReturnType<typeof decoding> | null = null;
  for (const item of read) decoded = decoding(await bytesOf(item), name);
  if (decoded === null) {
    throw new HostRefusal(
      `missing or invalid json file ${name}.json, found ${zip.items.length} files in total`,
    );
  }
  return infoOf(decoded);
}

/** The same for the bytes of a file. */
export function manifestOf(bytes: Uint8Array, name: string): PluginInfo {
  return infoOf(decoding(bytes, name));
}

async function bytesOf(item: ZipItem): Promise<Buffer> {
  const content = await item.open().catch((error: unknown) => {
    if (!(error instanceof HostRefusal)) throw error;
    throw new HostRefusal(`invalid json file ${item.name}: ${error.message}`, { cause: error });
  });
  return readAll(content, MANIFEST_LIMIT);
}

/** Reads the whole content of an opened entry, at most `limit` bytes. Throws HostRefusal with Go's error text. */
async function readAll(content: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) throw new HostRefusal(`a file of the zip is larger than ${limit} bytes`);
  }
  return Buffer.concat(chunks);
}

function decoding(bytes: Uint8Array, name: string): DecodedManifest {
  const { json } = parseGoJsonBytes(bytes);
  if (!json.ok) throw new HostRefusal(json.message);
  return decodeManifest(json.root, name);
}

function infoOf(decoded: DecodedManifest): PluginInfo {
  if (!decoded.ok) throw new HostRefusal(decoded.message);
  return decoded.info;
}

/** Yields to the event loop between synchronous steps. Throws HostRefusal when the host closes. */
export async function yieldToEventLoop(signal: AbortSignal): Promise<void> {
  await turn();
  if (signal.aborted) throw new HostRefusal('kplugin ended before the zip was unpacked');
}
