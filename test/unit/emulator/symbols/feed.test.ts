import { expect, test } from 'vitest';
import { symbolKey } from '../../../../src/emulator/runtime/symbol-contract.ts';
import { EventKeys } from '../../../../src/emulator/symbols/feed.ts';

const META = { ruleId: 'r', opId: 'o', instanceId: 1 };
const ROW = { message: {}, meta: null, bytes: 2 };

test('one meta object, used for several symbols one after the other and at once', () => {
  const keys = new EventKeys();
  const base = { plugin: 'a', meta: META };
  for (let round = 0; round < 2; round += 1) {
    for (const symbol of ['x', 'y']) {
      expect(keys.of({ ...base, kind: 'row', symbol, row: ROW })).toBe(`source ${symbol} r/o/1`);
      expect(keys.of({ ...base, kind: 'ack', symbol, error: null })).toBe(`sink ${symbol} r/o/1`);
    }
  }
});

test('agrees with symbolKey, also for equal metas that are other objects', () => {
  const keys = new EventKeys();
  const command = { kind: 'symbol', plugin: 'a', command: 'stop', error: null } as const;
  expect(keys.of({ ...command, type: 'source', symbol: 'x', meta: { ...META } })).toBe(
    symbolKey('source', 'x', META),
  );
  expect(keys.of({ ...command, type: 'function', symbol: 'f', meta: null })).toBe(
    symbolKey('function', 'f', META),
  );
  expect(keys.of({ kind: 'sent', plugin: 'a', symbol: 'x', meta: { ...META }, body: '' })).toBe(
    symbolKey('sink', 'x', META),
  );
  expect(keys.of({ kind: 'note', plugin: 'a', text: '' })).toBe(null);
});
