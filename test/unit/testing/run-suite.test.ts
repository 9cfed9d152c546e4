import { describe, expect, it } from 'vitest';
import { HostRefusal } from '../../../src/emulator/runtime/refusal.ts';
import type { PluginLog } from '../../../src/testing/run-suite.ts';
import { CRASH, type Script } from './run/scripted-host.ts';
import { runYaml, told } from './run/suite.ts';

const cases = (...lines: string[]) => `cases:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;

const TWO = cases(
  '{ name: a1, function: a, args: [1] }',
  '{ name: b1, function: b, args: [1] }',
  '{ name: a2, function: a, args: [2] }',
);

describe('what runs at the same time', () => {
  /** Answers when so many calls run at once. */
  const together = (count: number): Script => {
    const waiting: (() => void)[] = [];
    return {
      exec: () =>
        new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length >= count) for (const go of waiting.splice(0)) go();
        }),
    };
  };

  it('cases of different symbols, and the report is in the order of the file', async () => {
    const text = cases(
      '{ name: a1, function: a, args: [1] }',
      '{ name: b1, function: b, args: [1] }',
    );
    const report = await runYaml(text, together(2), { withinMs: 2_000 });
    expect(told(report)).toEqual(['a1 | passed', 'b1 | passed']);
  });

  it('never two of one symbol', async () => {
    const running = new Set<string>();
    const script: Script = {
      exec: async (_, symbol) => {
        expect(running.has(symbol)).toBe(false);
        running.add(symbol);
        await new Promise(setImmediate);
        running.delete(symbol);
      },
    };
    expect((await runYaml(TWO, script)).passed).toBe(3);
  });

  it('nothing with parallel 1', async () => {
    let running = 0;
    const script: Script = {
      exec: async () => {
        running += 1;
        await new Promise(setImmediate);
        expect(running).toBe(1);
        running -= 1;
      },
    };
    expect((await runYaml(TWO, script, { parallel: 1 })).passed).toBe(3);
  });
});

describe('the plugin ends', () => {
  const crashing =
    (isGuilty: (symbol: string) => boolean) =>
    (log: PluginLog): Script => ({
      exec: async (_, symbol) => {
        if (!isGuilty(symbol)) return new Promise((resolve) => setTimeout(resolve, 20));
        log.add({ kind: 'output', plugin: 'demo', stream: 'stderr', line: 'last words' });
        log.add(CRASH);
        return new Promise<never>(() => undefined);
      },
    });

  it('the guilty case fails with its log, the others pass in a new process', async () => {
    const report = await runYaml(
      TWO,
      crashing((symbol) => symbol === 'b'),
    );
    expect(told(report)).toEqual([
      'a1 | passed',
      'b1 | failed | the plugin ended by itself: exit status 3',
      'a2 | passed',
    ]);
    expect(report.results[1]?.log.map(({ text }) => text)).toEqual([
      'last words',
      'the process ended by itself: exit status 3',
    ]);
    // Once for both suspects, once after the guilty one.
    expect(report.host.asked.filter((word) => word === 'restart')).toHaveLength(2);
  });

  it('and does not start again: what is left says so', async () => {
    const crash = crashing((symbol) => symbol === 'a');
    const report = await runYaml(
      TWO,
      (log) => ({ ...crash(log), restart: () => Promise.reject(new HostRefusal('no python')) }),
      { parallel: 1 },
    );
    expect(told(report)).toEqual([
      'a1 | failed | the plugin ended by itself: exit status 3',
      'b1 | failed | the plugin does not start again: no python',
      'a2 | failed | the plugin does not start again: no python',
    ]);
  });
});

it('bail ends after the first failure', async () => {
  const script: Script = { exec: () => Promise.reject(new HostRefusal('no')) };
  const report = await runYaml(TWO, script, { parallel: 1, bail: true });
  expect(told(report)).toHaveLength(1);
  expect(report.isPartial).toBe(true);
});

it('an interruption leaves out what has no result', async () => {
  const stop = new AbortController();
  const script: Script = {
    exec: () => {
      stop.abort();
      return new Promise<never>(() => undefined);
    },
  };
  const report = await runYaml(TWO, script, { signal: stop.signal });
  expect(report).toMatchObject({ results: [], isPartial: true });
});

it('a filter leaves cases out of run and report', async () => {
  const report = await runYaml(
    TWO,
    { exec: async () => 1 },
    { filter: ({ symbol }) => symbol === 'b' },
  );
  expect(told(report)).toEqual(['b1 | passed']);
});

it('tells each result as it comes', async () => {
  const names: string[] = [];
  await runYaml(TWO, { exec: async () => 1 }, { onResult: ({ name }) => names.push(name) });
  expect(names.sort()).toEqual(['a1', 'a2', 'b1']);
});

describe('the log of a case', () => {
  /** Each call prints its argument; the line comes a little after the answer, as through another pipe. */
  const printing = (log: PluginLog): Script => ({
    exec: async (args) => {
      const line = `called with ${args[0]}`;
      setImmediate(() => log.add({ kind: 'output', plugin: 'demo', stream: 'stdout', line }));
      return 0;
    },
  });

  it('has what was printed just before the answer, and nothing of the case before', async () => {
    const text = cases(
      '{ name: a1, function: a, args: [1], result: 1 }',
      '{ name: a2, function: a, args: [2], result: 2 }',
    );
    const { results } = await runYaml(text, printing);
    expect(results.map(({ log }) => log.map((line) => line.text))).toEqual([
      ['called with 1'],
      ['called with 2'],
    ]);
  });
});
