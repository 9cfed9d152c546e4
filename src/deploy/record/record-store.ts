import type { HostInfo, Registration } from '../../client/answers.ts';
import {
  type Fields,
  fieldsOf,
  itemsOf,
  optionalNumber,
  textOf,
  textsOf,
  UnexpectedAnswer,
} from '../../client/decode.ts';
import type { HostClient } from '../../client/host-client.ts';
import { plainLine } from '../../client/http/foreign-text.ts';
import { HostFailure } from '../../client/http/host-failure.ts';
import { has } from '../../model/behaviours.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';
import {
  type HostRecord,
  MOST_ENTRIES,
  type Pending,
  RECORD_OUTCOMES,
  type RecordEntry,
  recordName,
} from './host-record.ts';

/** Bytes. A record is a few KiB; kplugin writes none that is larger. */
const LONGEST = 64 * 1024;

const FORMAT = 1;

/** The outcome that earlier versions of kplugin wrote for an interrupted run; their records are still on hosts. */
const EARLIER_INTERRUPTED = 'cut off';

/** Whether an eKuiper returns an uploaded text: 1.11 and newer, seen on 1.14.7 and 2.4.0. */
export function keepsRecords(info: HostInfo): boolean {
  return has(info.version, 'exports-registrations') && has(info.version, 'keeps-records');
}

/** Reads a plugin's record from the small files of a host; null when there is none. */
export function recordIn(
  files: ReadonlyMap<string, string>,
  plugin: string,
): { readonly record: HostRecord | null; readonly problem: string | null } {
  const text = files.get(recordName(plugin));
  if (text === undefined) return { record: null, problem: null };
  const record = parseRecord(text, plugin);
  if (record !== null) return { record, problem: null };
  return { record: null, problem: `${recordName(plugin)} on the host is no record of kplugin` };
}

/**
 * Writes a plugin's record. A successful change does not depend on it, so a failure is no error: resolves to its
 * reason, or to null when it was written. Rethrows what is no HostFailure (an interrupt).
 */
export async function writeRecord(
  client: HostClient,
  info: HostInfo,
  plugin: string,
  record: HostRecord,
): Promise<string | null> {
  if (!keepsRecords(info)) return `eKuiper ${info.version} keeps no record of what kplugin does`;
  try {
    await client.uploadText(recordName(plugin), recordText(record));
    return null;
  } catch (thrown) {
    if (!(thrown instanceof HostFailure)) throw thrown;
    return `${recordName(plugin)} could not be written: ${thrown.message}`;
  }
}

/** The record as text, as it is stored on the host. */
export function recordText(record: HostRecord): string {
  const { entries, pending } = record;
  return JSON.stringify({
    kplugin: FORMAT,
    entries: entries.slice(0, MOST_ENTRIES),
    ...(pending === null ? {} : { pending }),
  });
}

/**
 * Parses the record of one plugin. Others can write to it: entries with another shape or of another plugin are
 * ignored. Returns null when the text is no record.
 */
export function parseRecord(text: string, plugin: string): HostRecord | null {
  if (text.length > LONGEST) return null;
  try {
    const fields = fieldsOf(parseForeignJson(text), 'the record');
    if (fields.get('kplugin') !== FORMAT) return null;
    const entries = itemsOf(fields.get('entries'), 'entries')
      .slice(0, MOST_ENTRIES)
      .flatMap((item) => orNothing(() => parseEntry(item, plugin)));
    const [pending = null] = orNothing(() => parsePending(fields.get('pending'), plugin));
    return { entries, pending };
  } catch {
    return null;
  }
}

function orNothing<T>(parse: () => T): T[] {
  try {
    return [parse()];
  } catch (thrown) {
    if (thrown instanceof UnexpectedAnswer) return [];
    throw thrown;
  }
}

function parseEntry(value: unknown, plugin: string): RecordEntry {
  const fields = fieldsOf(value, 'an entry');
  const written = fields.get('outcome');
  const word = written === EARLIER_INTERRUPTED ? 'interrupted' : written;
  const outcome = RECORD_OUTCOMES.find((one) => one === word);
  if (outcome === undefined) throw new UnexpectedAnswer('an odd outcome');
  const digest = textOf(fields, 'digest', 'an entry');
  if (!/^(?:[0-9a-f]{8,64})?$/.test(digest)) throw new UnexpectedAnswer('an odd digest');
  return {
    version: plainLine(textOf(fields, 'version', 'an entry')).slice(0, 100),
    digest,
    registration: parseOwn(fields, 'registration', plugin),
    time: timeOf(fields),
    outcome,
    ...sizeOf(fields),
  };
}

function sizeOf(fields: Fields): Pick<RecordEntry, 'size'> {
  const size = optionalNumber(fields, 'size');
  return size !== null && Number.isSafeInteger(size) && size > 0 ? { size } : {};
}

function parsePending(value: unknown, plugin: string): Pending {
  const fields = fieldsOf(value, 'pending');
  return {
    before: fields.get('before') === null ? null : parseOwn(fields, 'before', plugin),
    wanted: parseOwn(fields, 'wanted', plugin),
    time: timeOf(fields),
  };
}

/** Parses a registration of this plugin only, because it may be sent to eKuiper again. */
function parseOwn(fields: Fields, key: string, plugin: string): Registration {
  const own = fieldsOf(fields.get(key), key);
  const [name, file] = [textOf(own, 'name', key), textOf(own, 'file', key)];
  if (name !== plugin || !/^(file|https?):\/\/.+\.zip$/.test(file) || plainLine(file) !== file) {
    throw new UnexpectedAnswer('a registration that kplugin would not write');
  }
  return { name, file, shellParas: textsOf(own, 'shellParas', key) };
}

function timeOf(fields: Fields): number | null {
  const time = optionalNumber(fields, 'time');
  return time !== null && time > 0 && time < 8.64e15 ? time : null;
}
