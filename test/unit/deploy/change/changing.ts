import type { HostClient } from '../../../../src/client/host-client.ts';
import { carryOut } from '../../../../src/deploy/change/carry-out.ts';
import type { Applied, Change } from '../../../../src/deploy/change/change.ts';
import { type InstallPlan, planInstall } from '../../../../src/deploy/change/plan.ts';
import { fakeClock, notingWatcher } from './fake-host.ts';

export interface ChangeSettings {
  readonly version?: string;
  readonly recovery?: HostClient;
  readonly signal?: AbortSignal;
  readonly hasScript?: boolean;
  readonly reinstall?: boolean;
  readonly limit?: number;
  readonly accept?: Change['accept'];
}

export interface Changing {
  readonly notes: readonly string[];
  readonly clock: ReturnType<typeof fakeClock>;
  readonly plan: InstallPlan;
  readonly done: Promise<Applied>;
}

/** The name under which a version of `probe` is uploaded in these tests. */
export function uploadOf(version: string): string {
  return `probe-${version}-${Buffer.from(version).toString('hex').slice(0, 8)}.zip`;
}

/** Plans and begins to install a version of `probe`. */
export async function changing(
  client: HostClient,
  { version = '2.0.0', ...settings }: ChangeSettings = {},
): Promise<Changing> {
  const name = uploadOf(version);
  const plan = await planInstall(client, {
    plugin: { name: 'probe', version, symbols: [] },
    uploadName: name,
    shellParas: [],
    reinstall: settings.reinstall ?? false,
  });
  const upload = { name, size: 3, chunks: async function* () {} };
  const [clock, watcher] = [fakeClock(), notingWatcher()];
  const done = carryOut(
    client,
    {
      act: 'install',
      plan,
      upload,
      digest: `${name.slice(-12, -4)}00`,
      symbols: [],
      hasScript: settings.hasScript ?? false,
      watch: null,
      config: [],
      restartRules: false,
      allowSilence: false,
      ...(settings.accept === undefined ? {} : { accept: settings.accept }),
    },
    {
      watcher,
      clock,
      signal: settings.signal ?? new AbortController().signal,
      recovery: settings.recovery ?? client,
      recoveryClock: clock,
      limit: settings.limit ?? 90_000,
    },
  );
  // Awaited by the test; a failure before that must not go unhandled.
  done.catch(() => undefined);
  return { notes: watcher.notes, clock, plan, done };
}
