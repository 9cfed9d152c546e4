import { describe, expect, it, test } from 'vitest';
import { endedBeforeStop, loggedError } from '../../../../src/testing/run/logged-error.ts';

const lines = (text: string, stream: 'stdout' | 'stderr' | 'host' = 'stdout') =>
  text.split('\n').map((line) => ({ stream, text: line }));

const PYTHON = '2026-11-30 23:53:52,368 - /x/ekuiper/runtime/sink.py[line:57] - ERROR: ';

const TRACEBACK = `Traceback (most recent call last):
  File "main.py", line 14, in collect
    json.loads(data)["a"]
    ~~~~~~~~~~~~~~~~^^^^^
TypeError: list indices must be integers

other output`;

describe('an error in the log of a plugin', () => {
  test.for([
    ['an SDK for Python logs it', PYTHON + TRACEBACK, 'TypeError: list indices must be integers'],
    [
      'a thread prints it',
      `Exception in thread T-1:\n${TRACEBACK}`,
      'TypeError: list indices must be integers',
    ],
    [
      'it has a cause: the last one counts',
      `Traceback (most recent call last):\n  File "a"\nKeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "b"\nOSError: no`,
      'OSError: no',
    ],
    [
      'it is cut off',
      'Traceback (most recent call last):\n  File "a"',
      'an error with a traceback',
    ],
    [
      'the SDK of kplugin logs it',
      '2026-11-30T23:53:52.368Z ERROR [demo ledger kt_x_1] collect failed: TypeError: x\n    at y',
      'TypeError: x',
    ],
    [
      'the SDK for Go logs it',
      'time="2026-11-30" level=error msg="collect error: no \\"such\\" table" rule=r1',
      'collect error: no \\"such\\" table',
    ],
    ['a plugin logs something of its own', 'ERROR: no network\nlevel=error msg="retry"', null],
    ['nothing', 'all good', null],
  ] as const)('%s', ([, text, expected]) => {
    expect(loggedError(lines(text))).toBe(expected);
  });

  it('of the SDK only, when a traceback may come from a stop', () => {
    expect(loggedError(lines(TRACEBACK), { by: 'sdk' })).toBeNull();
    expect(loggedError(lines(PYTHON + TRACEBACK), { by: 'sdk' })).toMatch(/^TypeError/);
  });

  it('is none while its last line did not come', () => {
    const cut = lines(TRACEBACK).slice(0, 4);
    expect(loggedError(cut, { isGrowing: true })).toBeNull();
    expect(loggedError(lines(TRACEBACK), { isGrowing: true })).toMatch(/^TypeError/);
  });

  it('is none of a thread whose socket is closed at the stop', () => {
    const thread = 'Exception in thread Thread-1 (send):';
    const closed = TRACEBACK.replace(/TypeError: .*/, 'pynng.exceptions.Closed: Object closed');
    expect(loggedError(lines(`${thread}\n${closed}`))).toBeNull();
    expect(loggedError(lines(`${closed}\n${TRACEBACK}`))).toMatch(/^TypeError/);
    expect(loggedError(lines(PYTHON + closed))).toMatch(/^pynng/);
    const waiting = TRACEBACK.replace(/TypeError: .*/, 'pynng.exceptions.Timeout: Timed out');
    expect(loggedError(lines(PYTHON + waiting))).toBeNull();
  });

  it('is none when the host quotes it', () => {
    expect(loggedError(lines(TRACEBACK, 'host'))).toBeNull();
  });

  it('of stderr ends with stderr', () => {
    const [head = { stream: 'stdout', text: '' }, ...rest] = lines(TRACEBACK, 'stderr');
    const mixed = [head, { stream: 'stdout' as const, text: 'between' }, ...rest];
    expect(loggedError(mixed)).toBe('TypeError: list indices must be integers');
  });
});

describe('a source or sink that ended before its stop', () => {
  const META = { ruleId: 'kt_s4_2', opId: 'op', instanceId: 0 };
  const WARNING = 'x - /x/plugin.py[line:124] - WARNING: symbol kt_s4_2_op_0_out not found';

  it('is known by the warning of the SDK for Python', () => {
    expect(endedBeforeStop(lines(WARNING), META, 'out')).toBe(true);
  });

  it('is another one when the rule is another one', () => {
    expect(endedBeforeStop(lines(WARNING), { ...META, ruleId: 'kt_s4' }, 'out')).toBe(false);
    expect(endedBeforeStop(lines(WARNING), META, 'ou')).toBe(false);
  });
});
