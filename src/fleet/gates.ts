import type { Context } from '../cli/context.ts';
import { durationFlag } from '../cli/shared-flags.ts';
import type { Clock } from '../client/clock.ts';
import { durationText } from '../model/duration.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { shellWord } from '../model/shell-word.ts';
import { some } from './plan-text.ts';

/** Where a rollout stops to look again at the hosts that are done. */
export interface Gates {
  /** Milliseconds to wait before the second look; null without `--pause`. */
  readonly pause: number | null;
  /** Shares of all hosts, `10%`, or numbers of them, in ascending order. */
  readonly batches: readonly string[];
}

export const NO_GATES: Gates = { pause: null, batches: [] };

/** Parses `--pause` and `--batches`; throws exit 2 when they are invalid. */
export function gatesOf(flags: {
  readonly pause?: string | undefined;
  readonly batches?: readonly string[];
}): Gates {
  const { pause, batches = [] } = flags;
  for (const batch of batches) {
    const share = /^(\d{1,3})%$/.exec(batch)?.[1];
    const isRight = share === undefined ? /^[1-9]\d{0,5}$/.test(batch) : inPercent(share);
    if (!isRight) throw badBatch(batch);
  }
  return { pause: pause === undefined ? null : durationFlag(pause, '--pause'), batches };
}

function inPercent(share: string): boolean {
  return Number(share) >= 1 && Number(share) <= 100;
}

function badBatch(text: string): KpluginError {
  return new KpluginError({
    code: 'bad-batches',
    exit: EXIT.usage,
    message: `"${text}" is not a batch for --batches`,
    hint: 'write shares of the hosts, or numbers of them: --batches 10%,50%',
  });
}

/** After how many hosts the rollout stops to look again: the canaries, then each batch; ascending. */
export function gateCounts(hosts: number, canary: number, { pause, batches }: Gates): number[] {
  if (pause === null && batches.length === 0) return [];
  const ends = batches.map((batch) =>
    batch.endsWith('%') ? Math.ceil((Number.parseInt(batch, 10) * hosts) / 100) : Number(batch),
  );
  const counts = [Math.min(canary, hosts), ...ends.filter((end) => end < hosts)];
  return [...new Set(counts)].filter((count) => count > 0).sort((a, b) => a - b);
}

/** A host that is done, with its look at it. */
interface GateHost {
  readonly label: string;
  /** Opens a connection for each look. */
  readonly first: () => Promise<(waited: number) => Promise<readonly string[]>>;
}

/**
 * Looks at hosts that are done, waits, and looks again. Resolves to the failure of each host that got worse, by label.
 * Throws the signal's reason.
 */
export async function passGate(
  hosts: readonly GateHost[],
  pause: number,
  clock: Clock,
  { log, signal }: Pick<Context, 'log' | 'signal'>,
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>();
  const open: (readonly [GateHost, (waited: number) => Promise<readonly string[]>])[] = [];
  const guarded = async ({ label }: GateHost, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      signal.throwIfAborted();
      failures.set(label, thrown);
    }
  };
  await Promise.all(
    hosts.map((host) => guarded(host, async () => void open.push([host, await host.first()]))),
  );
  const began = clock.now();
  const names = some(hosts.map(({ label }) => label));
  if (pause > 0) log.info(`waiting ${durationText(pause)}, then looking again at ${names}`);
  if (pause > 0) await clock.pause(pause);
  await Promise.all(
    open.map(([host, again]) =>
      guarded(host, async () => {
        const worse = await again(clock.now() - began);
        if (worse.length > 0) throw gotWorse(host, worse);
      }),
    ),
  );
  return failures;
}

function gotWorse({ label }: GateHost, worse: readonly string[]): KpluginError {
  return new KpluginError({
    code: 'gate-failed',
    exit: EXIT.host,
    message: `${label}: after the pause ${worse[0] ?? ''}`,
    reason: [...worse, 'the new version is still there'].join('\n'),
    hint: `see what it has, then go back there: kplugin history --host ${shellWord(label)}\n(kplugin rollback <plugin> --host ${shellWord(label)})`,
  });
}
