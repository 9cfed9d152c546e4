import type { Context } from '../cli/context.ts';
import type { InstallPlan } from '../deploy/change/plan.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { shellWord } from '../model/shell-word.ts';
import { groupHosts, some } from './plan-text.ts';

/** A host on which a rollback to the current version cannot be promised. */
interface UnsureHost {
  readonly label: string;
  readonly plan: Pick<InstallPlan, 'name' | 'present' | 'rollback'>;
}

/**
 * Warns that the rollback cannot be promised if the change fails, and asks once for all these hosts. Throws exit 2 when
 * the answer is no, and without a terminal and `--yes`.
 */
export async function approveUnsure(
  unsure: readonly UnsureHost[],
  { globals, prompts, log }: Context,
): Promise<void> {
  if (unsure.length === 0) return;
  const asked = prompts.interactive && !globals.yes;
  const show = asked ? log.warn : log.info;
  const lines = reasonsOf(unsure);
  show(`warning: if this fails, the rollback cannot be promised:${listed(lines)}`);
  if (globals.yes) return;
  const hosts = some(unsure.map(({ label }) => label));
  const name = unsure[0]?.plan.name ?? '';
  if (!asked) {
    throw new KpluginError({
      code: 'no-rollback-target',
      exit: EXIT.usage,
      message: `what runs of ${name} on ${hosts} cannot be promised back if this fails, and there is nobody to ask; nothing was sent`,
      reason: lines.join('\n'),
      hint: help(unsure),
    });
  }
  if (await prompts.confirm({ message: `Change ${name} on ${hosts} all the same?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `aborted: ${name} was not changed on ${hosts}`,
    hint: help(unsure),
  });
}

/** The reasons, each with its hosts; a single host is not named. */
function reasonsOf(unsure: readonly UnsureHost[]): string[] {
  const by = groupHosts(
    unsure.map(({ label, plan }) => ({ label, keys: [plan.rollback.reason ?? 'it is not known'] })),
  );
  return [...by].map(([reason, labels]) =>
    unsure.length === 1 ? reason : `${reason} (on ${some(labels)})`,
  );
}

function listed(lines: readonly string[]): string {
  return lines.length === 1 ? ` ${lines[0]}` : lines.map((line) => `\n  ${line}`).join('');
}

function help(unsure: readonly UnsureHost[]): string {
  const [only, ...more] = unsure;
  if (only === undefined || more.length > 0) {
    return 'leave these hosts out, or install there what runs now first (kplugin install <zip> --reinstall), so that they keep it; or add --yes';
  }
  const { label, plan } = only;
  const version = plan.present?.plugin.version ?? '';
  const what = version === '' ? 'the package that runs there' : `the package of ${version}`;
  return (
    `install ${what} with kplugin first (kplugin install <zip> --host ${shellWord(label)} --reinstall --yes), so that the host keeps it; ` +
    'or add --yes'
  );
}
