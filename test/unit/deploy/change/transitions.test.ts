import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HostClient } from '../../../../src/client/host-client.ts';
import { TRANSITIONS } from '../../../../src/deploy/change/carry-out.ts';
import { parseRecord } from '../../../../src/deploy/record/record-store.ts';
import { ActingHost } from './acting-host.ts';
import { changing, uploadOf } from './changing.ts';
import { hostFailure } from './fake-host.ts';

const PAGE = path.join(import.meta.dirname, '../../../../docs/change.md');

describe('the way of a change', () => {
  it('leads from the plan to the end, each state once', () => {
    expect(TRANSITIONS.map(({ from }) => from).slice(1)).toEqual(
      TRANSITIONS.map(({ to }) => to).slice(0, -1),
    );
    expect([TRANSITIONS[0]?.from, TRANSITIONS.at(-1)?.to]).toEqual(['planned', 'committed']);
    expect(new Set(TRANSITIONS.map(({ from }) => from)).size).toBe(TRANSITIONS.length);
  });

  it('is what docs/change.md draws', () => {
    const [, drawn = ''] =
      /```mermaid\nstateDiagram-v2\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
    const ends = { leave: 'left', restore: 'restored' } as const;
    expect(
      drawn
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      '[*] --> planned',
      ...TRANSITIONS.map(({ from, to, step }) => `${from} --> ${to}: ${step.name}`),
      'committed --> [*]',
      ...TRANSITIONS.map(({ from, onFailure }) => `${from} --> ${ends[onFailure]}: failure`),
      'left --> [*]',
      'restored --> [*]',
      'restored --> verified: arrived',
    ]);
  });
});

/** What the host is asked in each step, so that a failure of it is a failure of that step. */
const ASKED: Readonly<
  Record<string, (host: HostClient, fail: () => never) => Partial<HostClient>>
> = {
  upload: (_, fail) => ({ upload: async () => fail() }),
  begin: (host, fail) => ({ registrations: failing(host.registrations.bind(host), fail, 1) }),
  register: (_, fail) => ({ update: async () => fail() }),
  // A refusal would not do: what was meant is there, and counts as arrived.
  verifyWanted: (host) => ({ plugin: oddAtFirst(host.plugin.bind(host)) }),
  commit: (host, fail) => ({ registrations: failing(host.registrations.bind(host), fail, 3) }),
};

function oddAtFirst(ask: HostClient['plugin']): HostClient['plugin'] {
  let isFirst = true;
  return async (name) => {
    const plugin = await ask(name);
    const odd = isFirst && plugin !== null ? { ...plugin, functions: ['odd'] } : plugin;
    isFirst = false;
    return odd;
  };
}

function failing<A extends readonly unknown[], R>(
  perform: (...args: A) => Promise<R>,
  fail: () => never,
  at: number,
): (...args: A) => Promise<R> {
  let count = 0;
  return async (...args) => {
    count += 1;
    return count === at ? fail() : perform(...args);
  };
}

describe('a refusal in a step of an update', () => {
  it.each(TRANSITIONS.filter(({ step }) => step.name !== 'prove'))(
    'on the way from $from to $to: $onFailure',
    async ({ step, onFailure }) => {
      const host = new ActingHost('2.4.0').has('probe', '1.0.0', uploadOf('1.0.0'));
      const ask = ASKED[step.name];
      if (ask === undefined) throw new Error(`no failure for ${step.name}`);
      const fail = (): never => {
        throw hostFailure('refused');
      };
      Object.assign(host, ask(host, fail));
      const { done } = await changing(host);
      if (step.name === 'commit') {
        // The record is written by then: what cannot be asked is not told otherwise.
        await expect(done).resolves.toMatchObject({ pruned: [] });
        return;
      }
      await expect(done).rejects.toMatchObject({
        exit: 3,
        data: { after: { version: '1.0.0', known: true } },
      });
      // What was begun is written down, and has an end.
      const record = parseRecord(host.files.get('probe.kplugin.json') ?? '', 'probe');
      expect(record?.pending ?? null).toBeNull();
      const tried = record?.entries.some(({ version }) => version === '2.0.0') ?? false;
      expect(tried).toBe(onFailure === 'restore');
      expect(host.running('probe')).toBe('1.0.0');
    },
  );
});
