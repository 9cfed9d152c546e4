import type { KpluginError } from '../../model/error.ts';
import type { Restored, Told } from './restore.ts';
import { versionOf } from './rollback-target.ts';

const STATES = ['arrived', 'untouched', 'back', 'removed', 'other', 'lost'] as const;

/** What a host has after a change that failed, for programs. */
export interface AfterState {
  /** Empty, or the name of its zip, where it has none of its own; null where the host has no such plugin, and where it is not known. */
  readonly version: string | null;
  readonly state: (typeof STATES)[number];
  /** Whether it is known what the host has. */
  readonly known: boolean;
}

/** What the host has, in the words of programs. */
export function afterState(restored: Restored, { plan }: Pick<Told, 'plan'>): AfterState {
  const { state } = restored;
  switch (restored.state) {
    case 'arrived':
      return { version: plan.version, state, known: true };
    case 'untouched':
      return { version: restored.version, state, known: true };
    case 'back':
      return { version: versionOf(restored.step), state, known: true };
    case 'removed':
      return { version: null, state, known: true };
    case 'other':
      return { version: restored.now.plugin?.version ?? null, state, known: true };
    case 'lost':
      return {
        version: restored.now?.plugin?.version ?? null,
        state,
        known: restored.now !== null,
      };
  }
}

/** What the failure of a change says that the host has now; null when it says nothing of that. */
export function afterOf({ data }: KpluginError): AfterState | null {
  const after: unknown = data !== null && 'after' in data ? data.after : null;
  if (typeof after !== 'object' || after === null) return null;
  if (!('state' in after && 'version' in after && 'known' in after)) return null;
  const state = STATES.find((one) => one === after.state);
  const version = typeof after.version === 'string' ? after.version : null;
  return state === undefined ? null : { version, state, known: after.known === true };
}
