import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../../src/client/answers.ts';
import {
  EMPTY_RECORD,
  type HostRecord,
  type RecordEntry,
  recordName,
} from '../../../../src/deploy/record/host-record.ts';
import { ownUploads, unneededOf } from '../../../../src/deploy/record/own-uploads.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import { uploadName } from '../../../../src/deploy/record/upload-name.ts';

const digestOf = (version: string): string =>
  Buffer.from(version.padEnd(32, '.')).toString('hex').slice(0, 64);

const nameOf = (plugin: string, version: string): string =>
  uploadName(plugin, version, digestOf(version));

const registrationOf = (name: string, upload: string): Registration => ({
  name,
  file: `file:///up/${upload}`,
  shellParas: [],
});

function entry(plugin: string, version: string, more: Partial<RecordEntry> = {}): RecordEntry {
  const registration = registrationOf(plugin, nameOf(plugin, version));
  return { version, digest: digestOf(version), registration, time: 1, outcome: 'running', ...more };
}

/** A host with these uploads, registrations (`plugin upload`) and records. */
function hostWith(
  uploads: readonly string[],
  registered: readonly (readonly [string, string])[],
  records: Readonly<Record<string, HostRecord>> = {},
) {
  return {
    uploads: uploads.map((name) => `/up/${name}`),
    exported: {
      registrations: new Map(
        registered.map(([name, upload]) => [name, registrationOf(name, upload)] as const),
      ),
      files: new Map(
        Object.entries(records).map(([name, one]) => [recordName(name), recordText(one)] as const),
      ),
    },
  };
}

const unneeded = (host: ReturnType<typeof hostWith>, named: string[] = []): string[] =>
  ownUploads(host, named).flatMap(({ plugin, uploads }) =>
    uploads.filter(({ needed }) => !needed).map(({ name }) => `${plugin}: ${name}`),
  );

describe.each([
  [['1.0.0', '1.1.0', '1.2.0', '1.3.0']],
  [['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0']],
  [['release-3', 'release-4', 'nightly', '2026.11']],
])('four installs of %j', (versions) => {
  const entries = [...versions].reverse().map((version) => entry('a', version));
  const record = { ...EMPTY_RECORD, entries };
  const old = versions.slice(0, 2).map((version) => nameOf('a', version));
  const [last = ''] = versions.slice(-1);

  it('leave two after the update', () => {
    const registered = new Map([['a', registrationOf('a', nameOf('a', last))]]);
    expect(unneededOf('a', record, registered).sort()).toEqual([...old].sort());
  });

  it('and two for prune, with the record', () => {
    const uploads = [...versions.map((version) => nameOf('a', version)), recordName('a')];
    const host = hostWith(uploads, [['a', nameOf('a', last)]], { a: record });
    expect(unneeded(host)).toEqual([...old].sort().map((name) => `a: ${name}`));
  });
});

describe('the uploads of a host', () => {
  const one = nameOf('a', '1.0.0');
  const two = nameOf('a', '1.9.0');
  const three = nameOf('a', '1.10.0');

  it.each<[string, ReturnType<typeof hostWith>, string[]]>([
    ['no record: the highest versions stay', hostWith([one, two, three], [['a', three]]), [one]],
    ['what is registered stays', hostWith([one, two, three], [['a', one]]), []],
    ['a plugin that is gone needs none', hostWith([one, two], []), [one, two]],
    [
      'nor its record',
      hostWith([one, recordName('a')], [], {
        a: { ...EMPTY_RECORD, entries: [entry('a', '1.0.0')] },
      }),
      [one, recordName('a')],
    ],
    [
      'one that another plugin is registered with stays',
      hostWith([one, two], [['other', one]]),
      [two],
    ],
    [
      'of others nothing is taken',
      hostWith(['my.zip', 'a.zip', 'data.csv', 'a-1.0.0.zip'], []),
      [],
    ],
    [
      'an unfinished change keeps all',
      hostWith([one, two, recordName('a')], [], {
        a: {
          entries: [entry('a', '1.0.0')],
          pending: { before: null, wanted: registrationOf('a', two), time: 1 },
        },
      }),
      [],
    ],
    [
      'a failed version is needed by none',
      hostWith([one, two, three], [['a', one]], {
        a: {
          entries: [entry('a', '1.10.0', { outcome: 'failed' }), entry('a', '1.0.0')],
          pending: null,
        },
      }),
      [two, three],
    ],
  ])('%s', (_, host, expected) => {
    expect(unneeded(host)).toEqual([...expected].sort().map((name) => `a: ${name}`));
  });

  it('the plugin with the longest name that fits has an upload', () => {
    const upload = nameOf('a-2', '1.0.0');
    expect(unneeded(hostWith([upload], []))).toEqual([`a: ${upload}`]);
    expect(unneeded(hostWith([upload], []), ['a', 'a-2'])).toEqual([`a-2: ${upload}`]);
    expect(unneeded(hostWith([upload], [['a-2', 'x.zip']]), ['a'])).toEqual([]);
  });

  it('have the sizes that the record has, also after it was written again', () => {
    const entries = [entry('a', '1.9.0', { size: 21_000 }), entry('a', '1.0.0')];
    const host = hostWith([one, two], [['a', two]], { a: { entries, pending: null } });
    const [own] = ownUploads(host);
    expect(own?.uploads.map(({ size }) => size)).toEqual([null, 21_000]);
  });
});
