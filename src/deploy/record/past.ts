import { type HostRecord, isSameRegistration } from './record.ts';
import { parseUploadName, uploadNameOf } from './upload-name.ts';

/** The record in which a run that was interrupted stays in the past, so that its package can be taken away one day. */
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
