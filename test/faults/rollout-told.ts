import type { Ended } from './command.ts';

/** What the answer of a rollout says of one host. */
export interface HostTold {
  readonly ok: boolean;
  readonly state: string;
  /** What it has now; null for none, or when that is not known. */
  readonly version: string | null;
  readonly saysUntouched: boolean;
}

/** Reads the `--json` of a rollout, in the order of the hosts; empty where there is none. */
export function toldOf({ stdout }: Ended): readonly HostTold[] {
  if (!stdout.startsWith('{')) return [];
  // What kplugin prints by its own schema.
  const { data } = JSON.parse(stdout) as { data: { hosts: readonly Row[] } | null };
  return (data?.hosts ?? []).map(({ ok, state, after, error }) => ({
    ok,
    state,
    version: after,
    saysUntouched: /no change was sent|nothing was (sent|changed|registered)/.test(
      JSON.stringify(error),
    ),
  }));
}

interface Row {
  readonly ok: boolean;
  readonly state: string;
  readonly after: string | null;
  readonly error: unknown;
}
