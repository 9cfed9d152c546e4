import type { Context } from '../../cli/context.ts';
import { visibleText } from '../../client/http/foreign-text.ts';
import type { InstallPlan } from '../../deploy/change/plan.ts';
import { some } from '../../fleet/plan-text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { maskedScript } from '../../model/secrets/masked-lines.ts';

/** A host and the install.sh that it would run; null when the package has none. */
export interface Scripted {
  readonly label: string;
  readonly script: string | null;
  readonly plan: Pick<InstallPlan, 'name' | 'shellParas'>;
}

/** Asks once for each different install.sh, for all hosts that would run it. Throws like {@link approveScript}. */
export async function approveScripts(
  changing: readonly Scripted[],
  allowed: boolean,
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
    await approveScript({ script, plan: first.plan, host, allowed }, context);
  }
}

interface ScriptQuestion {
  readonly script: string;
  readonly plan: Pick<InstallPlan, 'name' | 'shellParas'>;
  readonly host: string;
  /** Whether `--allow-install-script` was given. */
  readonly allowed: boolean;
}

const SHOWN_LINES = 200;
/** Shown as one sentence: `\\x0d` at the end of every line would make the script hard to read. */
const CRLF =
  'warning: its lines end in CRLF, as on Windows: /bin/sh takes the CR as part of each command and fails';

/**
 * Shows the install.sh that the host will run and asks for consent. Throws exit 2 when the answer is no, and when no
 * prompt can be shown: a script is never run on a host without consent.
 */
export async function approveScript(question: ScriptQuestion, context: Context): Promise<void> {
  const { script, plan, host, allowed } = question;
  const { log, prompts, globals } = context;
  const asked = prompts.interactive && !allowed && !globals.yes;
  // The script is shown even under `--quiet` if the user is asked.
  const show = asked ? log.warn : log.info;
  show(`install.sh, which eKuiper on ${host} runs as its own user:\n${framed(script, asked)}`);
  const paras = plan.shellParas.map((para) => JSON.stringify(para)).join(' ');
  if (paras !== '') show(`with the arguments: ${paras}`);
  if (/\r\n/.test(script)) show(CRLF);
  if (allowed || globals.yes) return;
  if (!asked) throw nobodyToAsk(plan.name, host);
  if (await prompts.confirm({ message: `Let ${host} run this script?` })) return;
  throw new KpluginError({
    code: 'not-confirmed',
    exit: EXIT.usage,
    message: `aborted: ${plan.name} was not installed`,
    hint: 'take install.sh out of the package if it is not needed',
  });
}

/**
 * In a prompt the script is shown without masked secrets, because a mask could hide a command; else it is masked,
 * because the output may be logged.
 */
function framed(script: string, isWhole: boolean): string {
  const { lines: masked, note } = maskedScript(script.trimEnd());
  const lines = isWhole
    ? visibleText(script).trimEnd().split('\n')
    : [...masked.map(visibleText), ...(note === null ? [] : [note])];
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  | ${line}`);
  if (lines.length > SHOWN_LINES)
    shown.push(`  | … ${lines.length - SHOWN_LINES} more lines: kplugin inspect shows them`);
  return shown.join('\n');
}

function nobodyToAsk(name: string, host: string): KpluginError {
  return new KpluginError({
    code: 'install-script-not-allowed',
    exit: EXIT.usage,
    message: `${name} brings an install.sh, and there is nobody to ask whether ${host} may run it`,
    reason: 'eKuiper runs it on the host as its own user',
    hint: 'read it, then add --allow-install-script; kplugin inspect <zip> shows it',
  });
}
