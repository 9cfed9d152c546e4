import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begun,
  EMPTY_RECORD,
  ended,
  type HostRecord,
  MOST_ENTRIES,
  type RecordEntry,
} from '../../../../src/deploy/record/host-record.ts';
import { parseRecord, recordText } from '../../../../src/deploy/record/record-store.ts';

const entry = (version: string, more: Partial<RecordEntry> = {}): RecordEntry => ({
  version,
  digest: '0123abcd0123abcd',
  registration: { name: 'p', file: `file:///up/p-${version}.zip`, shellParas: ['a b'] },
  time: 1_700_000_000_000,
  outcome: 'running',
  ...more,
});

const changed = (change: (value: Record<string, unknown>) => void): string => {
  const value = JSON.parse(recordText({ entries: [entry('1.0.0')], pending: null }));
  change(value);
  return JSON.stringify(value);
};

describe('the record of a plugin', () => {
  it('is read as it was written', () => {
    const { registration } = entry('2.0.0');
    const pending = { before: null, wanted: registration, time: null };
    const record: HostRecord = { entries: [entry('1.0.0'), entry('0.9.0')], pending };
    expect(parseRecord(recordText(record), 'p')).toEqual(record);
    expect(parseRecord(recordText(EMPTY_RECORD), 'p')).toEqual(EMPTY_RECORD);
  });

  it.each([
    ['no JSON', '{'],
    ['another format', changed((value) => Object.assign(value, { kplugin: 2 }))],
    ['a list', '[]'],
    ['entries that are none', changed((value) => Object.assign(value, { entries: 'x' }))],
    ['far too long', `${recordText(EMPTY_RECORD)}${' '.repeat(70_000)}`],
  ])('%s is no record', (_name, text) => {
    expect(parseRecord(text, 'p')).toBeNull();
  });

  it.each([
    ['an entry that is none', 3],
    [
      'another plugin',
      entry('1', { registration: { name: 'q', file: 'file:///a.zip', shellParas: [] } }),
    ],
    [
      'a file that eKuiper would not take',
      entry('1', { registration: { name: 'p', file: 'ftp://a.zip', shellParas: [] } }),
    ],
    [
      'control characters',
      entry('1', { registration: { name: 'p', file: 'file:///\u001b[2J.zip', shellParas: [] } }),
    ],
    ['a digest that is none', entry('1', { digest: '../../x' })],
    ['an unknown outcome', { ...entry('1'), outcome: 'great' }],
  ])('%s is left out, the rest stays', (_name, odd) => {
    const text = JSON.stringify({ kplugin: 1, entries: [odd, entry('0.9.0')] });
    expect(parseRecord(text, 'p')?.entries.map(({ version }) => version)).toEqual(['0.9.0']);
  });

  it('an interrupted run of an earlier kplugin is read as one', () => {
    const text = JSON.stringify({
      kplugin: 1,
      entries: [{ ...entry('0.9.0'), outcome: 'cut off' }],
    });
    expect(parseRecord(text, 'p')?.entries.map(({ outcome }) => outcome)).toEqual(['interrupted']);
  });

  it('no text makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"kplugin":1,"entries":[${json}],"pending":${json}}`),
        ),
        (text) => {
          const record = parseRecord(text, 'p');
          expect(record === null || record.entries.length <= MOST_ENTRIES).toBe(true);
        },
      ),
    );
  });
});

describe('what becomes of a record', () => {
  it('the newest comes first, once; no more than twenty stay', () => {
    let record = EMPTY_RECORD;
    for (let at = 0; at < 30; at += 1) record = ended(record, entry(`1.${at % 25}.0`));
    expect(record.entries).toHaveLength(MOST_ENTRIES);
    expect(record.entries[0]?.version).toBe('1.4.0');
    expect(new Set(record.entries.map(({ version }) => version)).size).toBe(MOST_ENTRIES);
  });

  it('what ran once does not become a failure', () => {
    const { registration } = entry('1.0.0');
    const ran = begun(ended(EMPTY_RECORD, entry('1.0.0')), {
      before: null,
      wanted: registration,
      time: null,
    });
    expect(ended(ran, entry('1.0.0', { outcome: 'failed' }))).toEqual({
      entries: [entry('1.0.0')],
      pending: null,
    });
  });

  it('a digest of which only the start is known does not replace the whole', () => {
    const record = ended(
      ended(EMPTY_RECORD, entry('1.0.0')),
      entry('1.0.0', { digest: '0123abcd' }),
    );
    expect(record.entries[0]?.digest).toBe('0123abcd0123abcd');
  });
});
