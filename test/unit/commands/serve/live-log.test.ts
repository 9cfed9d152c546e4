import { beforeEach, describe, expect, test } from 'vitest';
import { PLAIN } from '../../../../src/cli/output/terminal-codes.ts';
import { cut, dataText, LiveLog } from '../../../../src/commands/serve/open-log.ts';
import { type AnyEvent, EventKeys } from '../../../../src/emulator/symbols/feed.ts';

const META = { ruleId: 'rule1', opId: 'op1', instanceId: 1 };

function row(message: Record<string, unknown>, symbol = 'ticker', meta = META) {
  return {
    kind: 'row',
    plugin: 'demo',
    symbol,
    meta,
    row: { message, meta: null, bytes: 1 },
  } as const;
}

describe('one line for each', () => {
  const sink = { plugin: 'demo', symbol: 'writer', meta: META } as const;
  const call = {
    kind: 'call',
    plugin: 'demo',
    symbol: 'rev',
    call: 'Exec',
    args: ['ab', 1],
  } as const;

  test.each([
    [row({ a: 1 }), 'demo ticker → {"a":1}'],
    [row({}, 'ticker', { ...META, opId: 'x' }), 'demo ticker (rule1/x/1) → {}'],
    [{ kind: 'sent', ...sink, body: Buffer.from('[{"a":1}]') }, 'demo writer ← [{"a":1}]'],
    [{ kind: 'sent', ...sink, body: 'no\u001b[2J\njson' }, 'demo writer ← no\\x1b[2J\\x0ajson'],
    [{ kind: 'ack', ...sink, error: null }, 'demo writer acknowledged'],
    [{ kind: 'ack', ...sink, error: 'full' }, 'demo writer acknowledged an error: full'],
    [{ ...call, outcome: { result: 'ba' }, ms: 5 }, 'demo rev("ab", 1) → "ba"'],
    [{ ...call, outcome: { result: null }, ms: 250 }, 'demo rev("ab", 1) → null after 250 ms'],
    [{ ...call, outcome: { error: 'no' }, ms: 5 }, 'demo rev("ab", 1) failed: no'],
    [
      { ...call, call: 'Validate', args: [], outcome: { result: '' }, ms: 1 },
      'demo rev.Validate() → ""',
    ],
  ] as const)('%j', (event, line) => {
    expect(dataText(event, PLAIN, null)).toBe(line);
  });

  test('cut to the width of the terminal', () => {
    expect(dataText(row({ text: 'x'.repeat(100) }), PLAIN, 40)).toBe(
      'demo ticker → {"text":"xxxxxxxxxxxxxxxx…',
    );
    // Wide letters take two columns, what a terminal would obey takes four.
    expect(cut('漢字漢字漢字', 7)).toBe('漢字漢…');
    expect(cut('\u0007\u0007\u0007', 8)).toBe('\\x07…');
    expect(cut('12345678', 8)).toBe('12345678');
    expect(cut('x'.repeat(10_000_000), 4)).toBe('xxx…');
  });
});

describe('what is fast', () => {
  let lines: string[];
  let log: LiveLog;
  let id = 0;
  const keys = new EventKeys();

  const say = (event: AnyEvent): void => {
    id += 1;
    log.onItem({ id, at: 0, key: keys.of(event), event });
  };

  beforeEach(() => {
    lines = [];
    const print = (line: string): unknown => lines.push(line);
    log = new LiveLog({ print, style: PLAIN, columns: () => 80 });
  });

  test('ten rows a second are ten lines', () => {
    for (let second = 0; second < 3; second += 1) {
      for (let n = 0; n < 10; n += 1) say(row({ n }));
      log.tick();
    }
    expect(lines).toHaveLength(30);
  });

  test('more: a line each second, until it is slow again', () => {
    for (let n = 1; n <= 12_345; n += 1) say(row({ n }));
    log.tick();
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('demo 12,345 rows a second, the last: ticker → {"n":12345}');
    for (let n = 1; n <= 50; n += 1) say(row({ n }));
    log.tick();
    expect(lines.slice(11)).toEqual(['demo 50 rows a second, the last: ticker → {"n":50}']);
    say(row({ n: 1 }));
    log.tick();
    expect(lines.slice(12)).toEqual(['demo 1 rows a second, the last: ticker → {"n":1}']);
    say(row({ n: 2 }));
    expect(lines.slice(13)).toEqual(['demo ticker → {"n":2}']);
  });

  test('each symbol for itself', () => {
    for (let n = 0; n < 20; n += 1) say(row({ n }));
    say(row({ n: 0 }, 'other'));
    expect(lines.at(-1)).toBe('demo other → {"n":0}');
  });

  test('a plugin that prints without end', () => {
    for (let n = 0; n < 5000; n += 1) {
      say({ kind: 'output', plugin: 'demo', stream: 'stdout', line: String(n) });
    }
    say({ kind: 'note', plugin: 'demo', text: 'seen' });
    log.tick();
    expect(lines).toHaveLength(102);
    expect(lines.slice(-2)).toEqual([
      'demo note: seen',
      'demo | … 4,900 more lines in this second',
    ]);
  });

  test('a source that sends garbage without end', () => {
    for (let n = 0; n < 101; n += 1) say({ kind: 'note', plugin: 'demo', text: 'garbage' });
    log.tick();
    expect(lines.slice(-2)).toEqual(['demo note: garbage', 'demo | … 1 more note in this second']);
  });

  test('silence says nothing', () => {
    log.tick();
    say(row({ n: 1 }));
    log.tick();
    log.tick();
    expect(lines).toHaveLength(1);
  });
});
