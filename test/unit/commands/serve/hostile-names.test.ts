import { describe, expect, it, test } from 'vitest';
import { escapeOutput, PLAIN } from '../../../../src/cli/output/terminal-codes.ts';
import { cycleView } from '../../../../src/commands/dev/cycle-text.ts';
import { eventText, moreLinesText, servedText } from '../../../../src/commands/serve/log-text.ts';
import { dataText } from '../../../../src/commands/serve/open-log.ts';
import { type CycleReport, newDraft } from '../../../../src/dev/cycles.ts';
import type { DataEvent, HostEvent } from '../../../../src/emulator/runtime/symbol-contract.ts';
import { plain } from '../../../fixtures/plain.ts';

/** Escape sequences, a return, turned writing, joiners, a soft hyphen, fillers, tags, half a character, a forged line. */
const EVIL =
  'a\u001b]0;x\u0007\u001b[2J\u009b1m\r\u202eb\u2066\u200f\u200b\u200d\u00ad\ufeff\u3164\u115f\u2028\ufe0f\u{e0041}\ud83d\u007fc\nFORGED | line\tz';

/** By number, not by the expression under test. */
const RAW = [
  0x00ad, 0x115f, 0x200b, 0x200d, 0x200f, 0x2028, 0x202e, 0x2066, 0x3164, 0xfe0f, 0xfeff, 0xe0041,
];

/** What a terminal would obey or hide, and lines that stand where only lines of the log begin. */
function wrongIn(text: string): string[] {
  const printed = escapeOutput(`${text}\n`, false);
  const raw = [...printed].filter((char) => {
    const code = char.codePointAt(0) ?? 0;
    const isControl = code < 0x20 ? code !== 0x0a && code !== 0x09 : code >= 0x7f && code < 0xa0;
    return isControl || (code >= 0xd800 && code < 0xe000) || RAW.includes(code);
  });
  return [...raw, ...printed.split('\n').filter((line) => line.startsWith('FORGED'))];
}

const META = { ruleId: EVIL, opId: EVIL, instanceId: 1 };
const AT = { plugin: EVIL, symbol: EVIL, meta: META };

const HOST: readonly HostEvent[] = [
  { kind: 'output', plugin: EVIL, stream: 'stdout', line: EVIL },
  { kind: 'output', plugin: EVIL, stream: 'stderr', line: EVIL },
  { kind: 'started', plugin: EVIL, pid: 1, command: ['python3', EVIL] },
  { kind: 'running', plugin: EVIL, afterMs: 1 },
  { kind: 'ended', plugin: EVIL, how: EVIL, asked: false },
  { kind: 'ended', plugin: EVIL, how: EVIL, asked: true },
  { kind: 'symbol', ...AT, type: 'source', command: 'start', error: null },
  { kind: 'symbol', ...AT, type: 'sink', command: 'stop', error: EVIL },
  { kind: 'note', plugin: EVIL, text: EVIL },
  { kind: 'note', plugin: null, text: EVIL },
];

const DATA: readonly DataEvent[] = [
  { kind: 'row', ...AT, row: { message: { [EVIL]: EVIL }, meta: { [EVIL]: EVIL }, bytes: 1 } },
  { kind: 'sent', ...AT, body: EVIL },
  { kind: 'sent', ...AT, body: Buffer.from(EVIL) },
  { kind: 'ack', ...AT, error: null },
  { kind: 'ack', ...AT, error: EVIL },
  { kind: 'call', ...AT, call: 'Exec', args: [EVIL], outcome: { result: EVIL }, ms: 1 },
  { kind: 'call', ...AT, call: 'Validate', args: [], outcome: { error: EVIL }, ms: 1 },
];

describe('the log of serve prints no name raw', () => {
  test.each(HOST.map((event) => [event.kind, event] as const))('%s', (_, event) => {
    expect(wrongIn(eventText(event, PLAIN))).toEqual([]);
    if (event.kind !== 'output' && event.kind !== 'note') return;
    expect(wrongIn(moreLinesText(event, 2, PLAIN))).toEqual([]);
  });

  test.each(DATA.map((event) => [event.kind, event] as const))('%s', (_, event) => {
    for (const columns of [null, 40, 400]) {
      expect(wrongIn(dataText(event, PLAIN, columns))).toEqual([]);
    }
  });

  test.each([
    [200, 'GET'],
    [201, 'POST'],
    [400, 'POST'],
  ])('a request answered with %d', (status, method) => {
    const bodies = [EVIL, JSON.stringify({ message: EVIL }), JSON.stringify({ error: EVIL })];
    for (const body of bodies) {
      const served = { method, path: `/plugins/${EVIL}`, status, body, ms: 1 };
      expect(wrongIn(servedText(served, PLAIN))).toEqual([]);
    }
  });

  it('the test itself sees what is raw', () => {
    expect(wrongIn('FORGED')).toEqual(['FORGED']);
    expect(escapeOutput(EVIL, false)).toContain('\\xad');
  });
});

describe('the line of dev prints no name raw', () => {
  const plugin = { name: EVIL, version: EVIL, state: 'running' } as const;
  const { step: _, ...draft } = newDraft();
  const report: CycleReport = {
    ...draft,
    cycle: 2,
    end: 'done',
    changed: [EVIL, EVIL],
    plugin,
    isReplaced: true,
    lost: [EVIL],
    problem: null,
    ms: 1,
  };

  const others: [string, Partial<CycleReport>][] = [
    ['of a file that changed', {}],
    ['of the first try', { cycle: 1, changed: [] }],
    ['of a package that is the same', { end: 'unchanged' }],
    ['of a plugin that ended', { plugin: { ...plugin, state: 'ended' } }],
  ];

  test.each(others)('%s', (_, changes) => {
    expect(
      wrongIn(plain(cycleView({ ...report, ...changes }, '12:00:00', String)).trimEnd()),
    ).toEqual([]);
  });
});
