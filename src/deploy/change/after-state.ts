import type { KpluginError } from '../../model/error.ts';
import type { FailedChangeFacts, Restored } from './restore.ts';
import { versionOf } from './rollback-target.ts';

const STATES = ['arrived', 'untouched', 'back', 'removed', 'other', 'lost'] as const;

/** What a host has after a failed change, as `--json` shows it. */
export interface AfterState {
  /**
   * Empty or the name of the zip when the plugin declares no version; null when the host has no such plugin, or when
   * that is not known.
   */
  readonly version: string | null;
  readonly state: (typeof STATES)[number];
  /** False when the host could not be asked. */
  readonly known: boolean;
}

/** Converts the outcome of a restore into its form for `--json`. */
export function afterState(
  restored: Restored,
  { plan }: Pick<FailedChangeFacts, 'plan'>,
): AfterState {
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

/** Returns the state of the host that an error carries in its data; null when it carries none. */
export function afterOf({ data }: KpluginError): AfterState | null {
  const after: unknown = data !== null && 'after' in data ? data.after : null;
  if (typeof after !== 'object' || after === null) return null;
  if (!('state' in after && 'version' in after && 'known' in after)) return null;
  const state = STATES.find((one) => one === after.state);
  const version = typeof after.version === 'string' ? after.version : null;
  return state === undefined ? null : { version, state, known: after.known === true };
}
