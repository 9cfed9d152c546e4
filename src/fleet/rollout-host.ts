import {
  type InstallEffects,
  type InstallRequest,
  type InstallResult,
  install,
} from '../deploy/install/install.ts';
import type { InstallPlan } from '../deploy/install/plan.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { shellWord } from '../model/shell-word.ts';
import { type AtHost, atHost } from './rollout-at-host.ts';

/** What is the same on every host of a rollout. */
export interface InstallWork {
  readonly request: Omit<InstallRequest, 'signal'>;
  /** Makes the package once for all hosts. */
  readonly obtain: NonNullable<InstallEffects['obtain']>;
}

/** Installs on one host of many as it was agreed to for that host; without `agreed` it only plans it. */
export function installOn(
  at: AtHost,
  { request, obtain }: InstallWork,
  agreed: InstallPlan | null,
): Promise<InstallResult> {
  return atHost(at, (client, effects) =>
    install(
      client,
      { ...request, signal: effects.signal, dryRun: agreed === null },
      {
        ...effects,
        obtain,
        // The package is the same, and its script was shown.
        approveScript: () => Promise.resolve(),
        approveNoRollback: (plan) => stillAgreed(at.host.label, plan, agreed),
      },
    ),
  );
}

/** What was asked once for all hosts holds for this one, as long as it is as it was then. */
export async function stillAgreed(
  label: string,
  { rollback }: InstallPlan,
  agreed: InstallPlan | null,
): Promise<void> {
  if (agreed?.rollback.state === 'unsure') return;
  throw new KpluginError({
    code: 'no-rollback-target',
    exit: EXIT.host,
    message: `${label} has changed since the plan was made: the rollback is not sure now; nothing was sent`,
    reason: rollback.reason ?? '',
    hint: `look at it: kplugin list --host ${shellWord(label)}`,
  });
}
