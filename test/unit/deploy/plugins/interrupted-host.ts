import { begun, EMPTY_RECORD, recordName } from '../../../../src/deploy/record/host-record.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import { FakeHost } from '../change/fake-host.ts';

export const OLD = 'pysam-1.0.0-0a1b2c3d.zip';
export const NEW = 'pysam-1.1.0-4e5f6071.zip';
const registration = (upload: string) => ({
  name: 'pysam',
  file: `file:///up/${upload}`,
  shellParas: [],
});

/** A host on which kplugin began to put the new version there and said no more. */
export function hostWith(before: string | null, now: string | null): FakeHost {
  const host = new FakeHost('2.4.0');
  const time = Date.UTC(2026, 10, 22, 0, 54);
  const record = begun(EMPTY_RECORD, {
    before: before === null ? null : registration(before),
    wanted: registration(NEW),
    time,
  });
  host.files.set(recordName('pysam'), recordText(record));
  return now === null ? host : host.has('pysam', '?', now);
}
