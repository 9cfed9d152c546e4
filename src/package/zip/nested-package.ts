import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import type { Verdict } from '../ignore/verdict.ts';
import { readDirectory } from './directory.ts';
import { dataStart } from './local-header.ts';
import type { ZipRecord } from './record.ts';
import { ZipFault } from './zip-fault.ts';
import { memorySource, type ZipSource } from './zip-source.ts';

/** Larger zips contain models and similar data; at most the rule `nested-zip` reports them. */
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_MANIFEST = 64 * 1024;
/** Limit of JSON files to try in the root: a zip with thousands of them is data. */
const MOST_TRIED = 20;
const DEFLATED = 8;

/** Excludes an older package, whatever its name, from the next one. */
export const NESTED_PACKAGE: Verdict = {
  packed: false,
  list: 'strict',
  line: null,
  rule: 'a plugin package',
  reason: 'it is a zip with the manifest of a plugin, most likely an older package',
};

/** Whether a zip file contains the manifest of a plugin in its root. Throws system errors. */
export function isPluginPackage(file: string): boolean {
  const bytes = wholeFile(file);
  if (bytes === null) return false;
  const source = memorySource(bytes);
  try {
    const inRoot = readDirectory(source).records.filter(({ name, size }) => {
      return size <= MOST_MANIFEST && /^(?:\.\/)?[^/]+\.json$/i.test(name.toString('latin1'));
    });
    return inRoot.slice(0, MOST_TRIED).some((record) => isManifest(contentOf(source, record)));
  } catch (thrown) {
    if (thrown instanceof ZipFault) return false;
    throw thrown;
  }
}

function wholeFile(file: string): Buffer | null {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size > MOST_BYTES) return null;
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, readSync(fd, bytes, 0, size, 0));
  } finally {
    closeSync(fd);
  }
}

function contentOf(source: ZipSource, record: ZipRecord): Buffer {
  const packed = source.read(dataStart(source, record), record.packedSize);
  if (record.method !== DEFLATED) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: MOST_MANIFEST });
  } catch {
    return Buffer.alloc(0);
  }
}

function isManifest(bytes: Buffer): boolean {
  const { text, json } = parseGoJsonBytes(bytes);
  return json.ok && /"executable"\s*:/i.test(text) && /"language"\s*:/i.test(text);
}
