import type { Context } from '../../cli/context.ts';
import { visibleText } from '../../client/http/text.ts';
import type { InstallPlan } from '../../deploy/change/plan.ts';
import { some } from '../../fleet/plan-lines.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { maskedScript } from '../../model/secrets/masked-lines.ts';

/** A host, and what it would run for that plan; null where the package brings no install.sh. */
export interface Scripted {
  readonly label: string;
  readonly script: string | null;
  readonly plan: Pick<InstallPlan, 'name' | 'shellParas'>;
}

/** Asks once for each install.sh, for all the hosts that would run it. Throws as {@link approveScript}. */
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
  /** `--allow-install-script` was given. */
  readonly allowed: boolean;
}

const SHOWN_LINES = 200;
/** Shown apart: as `\\x0d` at the end of every line it would hide the script. */
const CRLF =
  'warning: its lines end in CRLF, as on Windows: /bin/sh takes the CR as part of each command and fails';

/**
 * Shows the install.sh that the host is going to run and asks. Throws exit 2 when the answer is no, and when there is
 * nobody to ask: a script on another machine is never taken for granted.
 */
export async function approveScript(question: ScriptQuestion, context: Context): Promise<void> {
  const { script, plan, host, allowed } = question;
  const { talk, prompts, globals } = context;
  const asked = prompts.interactive && !allowed && !globals.yes;
  // Whoever is asked sees it, also under --quiet.
  const show = asked ? talk.warn : talk.say;
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
    message: `${plan.name} was not installed: the answer was no`,
    hint: 'take install.sh out of the package if it is not needed',
  });
}

/** Who is asked sees all of it: stars could stand for a command. Else it goes into a log. */
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
