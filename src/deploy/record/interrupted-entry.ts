import { type HostRecord, isSameRegistration } from './record.ts';
import { parseUploadName, uploadNameOf } from './upload-name.ts';

/** Returns the record with the interrupted run as an entry of the history, so that its package can be removed later. */
export function withInterrupted(plugin: string, record: HostRecord): HostRecord {
  const { entries, pending } = record;
  if (pending === null) return record;
  const { wanted: registration, time } = pending;
  if (entries.some((one) => isSameRegistration(one.registration, registration))) return record;
  const named = parseUploadName(uploadNameOf(registration.file), plugin);
  const { version = '', digest = '' } = named ?? {};
  return {
    ...record,
    entries: [{ version, digest, registration, time, outcome: 'interrupted' }, ...entries],
  };
}
