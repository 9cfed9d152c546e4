import { healthData, healthText } from '../cli/output/health-text.ts';
import type { Style } from '../cli/output/style.ts';
import { textTable } from '../cli/output/table.ts';
import { versionOf } from '../deploy/change/rollback-target.ts';
import type { AgainPlan, RegisteredAgain } from '../deploy/history/again.ts';
import { oneLine } from '../model/printable.ts';
import { planData, planRows } from './plan-rows.ts';

/** One host on which `rollback` or `restart` was done; `state`: `rolled back`, `restarted`, `unchanged`. */
export function againText(
  result: RegisteredAgain,
  host: string,
  state: string,
  style: Style,
): string {
  const { plan, health, after, answerLost } = result;
  const before = plan.present?.plugin.version ?? '';
  const was = before === '' || before === plan.version ? '' : ` (was ${before})`;
  const version = plan.version === '' ? '' : ` ${plan.version}`;
  return `${[
    `${style.green(state)} ${oneLine(`${style.bold(plan.name)}${version} on ${host}${was}`)}: ${healthText(health, style)}`,
    ...(state === 'unchanged' ? ['  the host runs that version; nothing was sent'] : []),
    ...(answerLost ? ['  the answer was lost on the way; asking showed that it was done'] : []),
    ...after.notes.map((note) => `  ${style.dim('note')} ${oneLine(note)}`),
  ].join('\n')}\n`;
}

/** What they tell programs. */
export function againData(result: RegisteredAgain, host: string): object {
  const { plan, registration, health, after, attempts, answerLost, pruned } = result;
  return {
    ...subject(plan, host),
    registration,
    status: healthData(health),
    answerLost,
    attempts,
    pruned,
    rules: after.verdicts,
    notes: after.notes,
  };
}

/** What it tells programs. */
export function againPlanData({ plan, target, warned }: AgainPlan, host: string): object {
  const { registration } = target;
  const data = { ...subject(plan, host), registration, notes: warned };
  // Nothing is uploaded: it lies on the host.
  return { ...data, plan: planData(plan, 0) };
}

function subject({ info, name, version, present }: AgainPlan['plan'], host: string): object {
  return {
    host,
    ekuiper: info.version,
    plugin: name,
    version,
    previous: present && { version: present.plugin.version, registration: present.registration },
  };
}

/** One host under `rollback --dry-run`. */
export function againPlanText(
  { plan, target, warned }: AgainPlan,
  host: string,
  style: Style,
): string {
  const head = `${style.green('would roll back')} ${oneLine(`${style.bold(plan.name)} to ${versionOf(target)} on ${host} (eKuiper ${plan.info.version})`)}\n`;
  const rows = planRows(plan, 0).map(([key, text]) => [`  ${style.dim(key)}`, text]);
  const notes = warned.map((note) => `  ${style.dim('note')} ${oneLine(note)}\n`);
  return `${head}${textTable(rows)}${notes.join('')}nothing was sent\n`;
}
