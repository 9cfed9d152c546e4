import type { Registration } from '../../client/answers.ts';
import { type HostRecord, isSameRegistration } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/** Whether two contents are the same, as far as that can be told. */
export type Verdict = 'same' | 'different' | 'unknown';

/**
 * The content digest of what a host has registered, hex, perhaps only its first eight digits: from kplugin's record,
 * else from the name of the upload. Null for what kplugin did not put there.
 */
export function digestOnHost(
  name: string,
  registration: Registration | null,
  record: HostRecord | null,
): string | null {
  if (registration === null) return null;
  const entry = record?.entries.find((one) => isSameRegistration(one.registration, registration));
  if (entry !== undefined && entry.digest !== '') return entry.digest;
  return parseUploadName(uploadNameOf(registration.file), name)?.digest ?? null;
}

/** Compares two digests as far as both go. */
export function sameContent(before: string | null, after: string | null): Verdict {
  if (before === null || after === null) return 'unknown';
  const digits = Math.min(before.length, after.length);
  return before.slice(0, digits) === after.slice(0, digits) ? 'same' : 'different';
}
