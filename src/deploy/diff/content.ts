import type { Registration } from '../../client/answers.ts';
import { type HostRecord, isSameRegistration } from '../record/record.ts';
import { parseUploadName, uploadNameOf } from '../record/upload-name.ts';

/** Whether two contents are the same; `unknown` when a digest is missing. */
export type Verdict = 'same' | 'different' | 'unknown';

/**
 * Returns the content digest of what a host has registered, hex, perhaps only its first eight digits: from kplugin's
 * record, else from the upload name. Null for a package that kplugin did not upload.
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

/** Compares two digests up to the length of the shorter one. */
export function sameContent(before: string | null, after: string | null): Verdict {
  if (before === null || after === null) return 'unknown';
  const digits = Math.min(before.length, after.length);
  return before.slice(0, digits) === after.slice(0, digits) ? 'same' : 'different';
}
