import { notRunning } from '../../../../src/deploy/change/failed.ts';
import type { Restored } from '../../../../src/deploy/change/restore.ts';
import type { RollbackStep } from '../../../../src/deploy/change/rollback-target.ts';
import type { CurrentState } from '../../../../src/deploy/change/settle.ts';
import { healthOf } from '../../../../src/deploy/health.ts';
import { FakeHost, hostFailure } from './fake-host.ts';

const host = new FakeHost('2.4.0');
const info = await host.info();
const running = healthOf({ state: 'running', error: '', refCount: new Map() }, info);
const dead = healthOf({ state: 'error', error: 'exit status 3', refCount: new Map() }, info);
const unknown = healthOf(null, await new FakeHost('1.14.7').info());

const registrationOf = (upload: string) => ({
  name: 'kpcop',
  file: `file:///up/${upload}`,
  shellParas: [],
});

export const before = registrationOf('kpcop-1.1.0-11111111.zip');
export const older = registrationOf('kpcop-1.0.0-00000000.zip');

const step: RollbackStep = { registration: before, version: '1.1.0', isThere: true };
const olderStep: RollbackStep = { registration: older, version: '1.0.0', isThere: true };

function now(version: string, upload: string): CurrentState {
  const one = new FakeHost('2.4.0').has('kpcop', version, upload);
  const plugin = one.installed.get('kpcop') ?? null;
  return { plugin, registration: one.registered.get('kpcop') ?? null };
}

const gone: CurrentState = { plugin: null, registration: null };
const died = notRunning(host, 'kpcop', dead);

/** Every way in which a failed change can end; `fresh`: there was no such plugin before; `dead`: it was. */
export const ENDINGS: readonly {
  readonly name: string;
  readonly restored: Restored;
  readonly fresh?: true;
  readonly dead?: true;
}[] = [
  { name: 'arrived', restored: { state: 'arrived', health: running } },
  { name: 'untouched', restored: { state: 'untouched', version: '1.1.0', health: running } },
  {
    name: 'untouched, not told',
    restored: { state: 'untouched', version: '1.1.0', health: unknown },
  },
  {
    name: 'untouched, and dead as it was',
    restored: {
      state: 'untouched',
      version: '1.1.0',
      health: dead,
    },
  },
  { name: 'back', restored: { state: 'back', step, health: running, failures: [] } },
  { name: 'back, not told', restored: { state: 'back', step, health: unknown, failures: [] } },
  {
    name: 'back to an older one',
    restored: {
      state: 'back',
      step: olderStep,
      health: running,
      failures: [{ step, failure: died }],
    },
  },
  {
    name: 'back to the one before one that was dead',
    restored: { state: 'back', step: olderStep, health: running, failures: [] },
    dead: true,
  },
  { name: 'removed', restored: { state: 'removed', undone: true }, fresh: true },
  { name: 'never there', restored: { state: 'removed', undone: false }, fresh: true },
  { name: 'other', restored: { state: 'other', now: now('7.0.0', 'theirs.zip') } },
  {
    name: 'lost',
    restored: { state: 'lost', now: gone, failures: [{ step, failure: died }] },
  },
  {
    name: 'lost, and two were tried',
    restored: {
      state: 'lost',
      now: now('1.0.0', 'kpcop-1.0.0-00000000.zip'),
      failures: [
        { step, failure: hostFailure('refused', 'open kpcop-1.1.0-11111111.zip: no such file') },
        { step: olderStep, failure: died },
      ],
    },
  },
  {
    name: 'lost, and the host is gone',
    restored: {
      state: 'lost',
      now: null,
      failures: [{ step: null, failure: hostFailure('unreachable', 'nothing listens there') }],
    },
  },
  {
    name: 'lost, and nothing was there before',
    restored: {
      state: 'lost',
      now: now('1.2.0', 'kpcop-1.2.0-22222222.zip'),
      failures: [{ step: null, failure: hostFailure('refused', 'busy') }],
    },
    fresh: true,
  },
];
