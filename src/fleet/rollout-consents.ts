import type { Context } from '../cli/context.ts';
import type { InstallPlan } from '../deploy/install/plan.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import type { HostsBy } from './plan-summary.ts';
import { some } from './rollout-plan-text.ts';
import { approveScript } from './script-consent.ts';

/** A host, and what it would run for that plan; null where the package brings no install.sh. */
export interface Scripted {
  readonly label: string;
  readonly script: string | null;
  readonly plan: Pick<InstallPlan, 'name' | 'shellParas'>;
}

/**
 * Asks once for all hosts what would be asked for each: whether they may run install.sh, and whether to go on where the
 * version before cannot be promised. Throws exit 2 when the answer is no, and when there is nobody to ask.
 */
export async function askOnce(
  changing: readonly Scripted[],
  unsure: HostsBy,
  allowScript: boolean,
  context: Context,
): Promise<void> {
  const byScript = new Map<string, Scripted[]>();
  for (const one of changing) {
    const { script } = one;
    if (script !== null) byScript.set(script, [...(byScript.get(script) ?? []), one]);
  }
  for (const [script, [first, ...others]] of byScript) {
    if (first === undefined) continue;
    const host = some([first, ...others].map(({ label }) => label));
    await approveScript({ script, plan: first.plan, host, allowed: allowScript }, context);
  }
  await approveUnsure(unsure, context);
}

/**
 * Asks once whether to go on where the version before cannot be promised: hosts by the reason. Throws exit 2 when the
 * answer is no, and when there is nobody to ask.
 */
export async function approveUnsure(
  unsure: HostsBy,
  { globals, prompts, talk }: Context,
): Promise<void> {
  if (unsure.size === 0) return;
  const asked = prompts.interactive && !globals.yes;
  const show = asked ? talk.warn : talk.say;
  const lines = [...unsure].map(([reason, labels]) => `  ${reason} (on ${some(labels)})`);
  show(`if it fails, the version before cannot be promised:\n${lines.join('\n')}`);
  if (globals.yes) return;
  const labels = [...new Set([...unsure.values()].flat())];
  if (!asked) throw nobodyToAsk(labels, lines);
  if (await prompts.confirm({ message: `Go on with ${some(labels)} all the same?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: 'nothing was changed: the answer was no',
    hint: 'leave these hosts out, or upload what runs there with kplugin install first',
  });
}

function nobodyToAsk(labels: readonly string[], lines: readonly string[]): KpluginError {
  return new KpluginError({
    code: 'no-rollback-target',
    exit: EXIT.usage,
    message: `the rollback is not sure on ${some(labels)}, and there is nobody to ask; nothing was sent`,
    reason: lines.map((line) => line.trim()).join('\n'),
    hint: 'add --yes to go on all the same, or leave these hosts out',
  });
}
