import type { HostConnection } from '../../deploy/client/connection.ts';
import type { HostClient } from '../../deploy/client/host-client.ts';
import {
  type InstallEffects,
  type InstallRequest,
  type InstallResult,
  install,
} from '../../deploy/install/install.ts';
import type { InstallPlan } from '../../deploy/install/plan.ts';
import { sourceArgument } from '../../deploy/install/source.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Context } from '../context.ts';
import { openConnection } from './open-connection.ts';
import type { RollOutBoard } from './rollout-board.ts';
import { systemClock } from './system-clock.ts';

/** What is the same on every host of a roll-out. */
export interface RollOutWork {
  readonly request: Omit<InstallRequest, 'signal'>;
  /** What was shown and agreed to for this host; left out: nothing is done there, only planned. */
  readonly agreed?: InstallPlan;
  /** Makes the package once for all hosts. */
  readonly obtain: NonNullable<InstallEffects['obtain']>;
  /** Milliseconds of `--timeout`; null without it. */
  readonly timeout: number | null;
  readonly retries: number;
}

/** Installs on one host of many, or only plans it; what happens there is seen on the board. */
export async function installOn(
  host: HostConnection,
  work: RollOutWork,
  board: RollOutBoard,
  context: Context,
): Promise<InstallResult> {
  // Of its own, so that many hosts put no crowd of listeners on the signal of Ctrl-C.
  const signal = AbortSignal.any([context.signal]);
  // Ctrl-C does not end what puts a host right; a second one ends the process.
  const rescueSignal = new AbortController().signal;
  const client = open(host, work, signal, board, context);
  // A plan changes nothing, so nothing has to be put right.
  const rescue = work.agreed ? open(host, work, rescueSignal, board, context) : client;
  try {
    return await install(
      client,
      { ...work.request, signal, dryRun: work.agreed === undefined },
      {
        ...approvalsOf(host.label, work.agreed),
        obtain: work.obtain,
        watcher: board.watcher(host.label),
        clock: systemClock(signal),
        rescue,
        rescueClock: systemClock(rescueSignal),
      },
    );
  } finally {
    await Promise.all([client.close(), rescue.close()]);
  }
}

/** What was asked once for all hosts holds for this one, as long as it is as it was then. */
function approvalsOf(
  label: string,
  agreed: InstallPlan | undefined,
): Pick<InstallEffects, 'approveScript' | 'approveNoWayBack'> {
  return {
    // The package is the same, and its script was shown.
    approveScript: () => Promise.resolve(),
    approveNoWayBack: async ({ wayBack }) => {
      if (agreed?.wayBack.state === 'unsure') return;
      throw new KpluginError({
        code: 'no-way-back',
        exit: EXIT.host,
        message: `${label} has changed since the plan was made: the way back is not sure now; nothing was sent`,
        reason: wayBack.reason ?? '',
        hint: `look at it: kplugin list --host ${label}`,
      });
    },
  };
}

function open(
  host: HostConnection,
  { timeout, retries, request }: RollOutWork,
  signal: AbortSignal,
  board: RollOutBoard,
  context: Context,
): HostClient {
  const source = sourceArgument(request.source);
  return openConnection(host, board.contextOf(host.label, context), {
    signal,
    timeout,
    retries,
    source,
  });
}
