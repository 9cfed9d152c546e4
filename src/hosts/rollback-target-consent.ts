import type { Context } from '../cli/context.ts';
import type { InstallPlan } from '../deploy/install/plan.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { shellWord } from '../model/shell-word.ts';

/**
 * Says that what runs now cannot be promised back after a failure, and asks. Throws exit 2 when the answer is no, and
 * when there is nobody to ask and no `--yes`.
 */
export async function approveNoRollback(
  plan: InstallPlan,
  host: string,
  context: Context,
): Promise<void> {
  const { talk, prompts, globals } = context;
  const show = prompts.interactive && !globals.yes ? talk.warn : talk.say;
  show(`warning: if this fails, the rollback cannot be promised: ${plan.rollback.reason}`);
  if (globals.yes) return;
  if (!prompts.interactive) throw nobodyToAsk(plan, host);
  if (await prompts.confirm({ message: `Change ${plan.name} on ${host} all the same?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `${plan.name} on ${host} stays as it is: the answer was no`,
    hint: help(plan, host),
  });
}

function nobodyToAsk(plan: InstallPlan, host: string): KpluginError {
  return new KpluginError({
    code: 'no-rollback-target',
    exit: EXIT.usage,
    message: `what runs of ${plan.name} on ${host} cannot be promised back if this fails, and there is nobody to ask`,
    reason: plan.rollback.reason ?? '',
    hint: help(plan, host),
  });
}

function help(plan: InstallPlan, host: string): string {
  const version = plan.present?.plugin.version ?? '';
  const what = version === '' ? 'the package that runs there' : `the package of ${version}`;
  return (
    `install ${what} with kplugin first (kplugin install <zip> --host ${shellWord(host)} --reinstall --yes), so that the host keeps it; ` +
    'or add --yes'
  );
}
