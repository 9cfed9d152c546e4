import { healthData, healthText } from '../../cli/output/health-text.ts';
import type { Style } from '../../cli/output/style.ts';
import { textTable } from '../../cli/output/table.ts';
import type { Applied } from '../../deploy/change/change.ts';
import type { InstallAction } from '../../deploy/change/plan.ts';
import type { InstallResult, PlannedInstall } from '../../deploy/install/install.ts';
import { planData, planRows } from '../../fleet/plan-rows.ts';
import { has } from '../../model/behaviours.ts';
import { oneLine } from '../../model/printable.ts';

/** A host in `install --dry-run --json`. */
export function plannedData(planned: PlannedInstall, host: string): object {
  return installData(planned, null, host);
}

/** A host in `install --json` on which it was done. */
export function installedData(result: InstallResult, host: string): object {
  return installData(result, result, host);
}

function installData(
  { plan, candidate, warned }: PlannedInstall,
  done: Pick<InstallResult, 'applied' | 'notes'> | null,
  host: string,
): object {
  const { present } = plan;
  const applied: Applied | null = done?.applied ?? null;
  const health = applied?.health ?? present?.health ?? null;
  const { config = [], restarted = [], verdicts = [] } = applied?.after ?? {};
  return {
    host,
    ekuiper: plan.info.version,
    plugin: plan.name,
    version: candidate.identity.version,
    action: plan.action,
    previous: present && {
      version: present.plugin.version,
      registration: present.registration,
    },
    package: {
      name: candidate.upload.name,
      size: candidate.upload.size,
      sha256: candidate.sha256,
      digest: candidate.digest,
    },
    registration: applied?.registration ?? present?.registration ?? null,
    // Of a plugin that is not there a dry run has seen none.
    status: health && healthData(health),
    answerLost: applied?.answerLost ?? false,
    attempts: applied?.attempts ?? 0,
    notes: [...new Set([...warned, ...(done?.notes ?? [])])],
    plan: planData(plan, candidate.upload.size),
    pruned: applied?.pruned ?? [],
    config: config.map(({ source, group, failure }) => {
      return { source, group, failure: failure === null ? null : failure.message };
    }),
    restarted,
    rules: verdicts,
    findings: candidate.findings,
  };
}

const WOULD: Record<InstallAction, string> = {
  install: 'would install',
  update: 'would update',
  restart: 'would start again',
  unchanged: 'would not change',
};

/** What `install --dry-run` prints for people. */
export function plannedText(planned: PlannedInstall, host: string, style: Style): string {
  const { plan, candidate, warned } = planned;
  const to = plan.action === 'update' ? ' to' : '';
  const version = plan.version === '' ? '' : `${to} ${plan.version}`;
  const head = `${style.green(WOULD[plan.action])} ${oneLine(`${style.bold(plan.name)}${version} on ${host} (eKuiper ${plan.info.version})`)}\n`;
  const rows = planRows(plan, candidate.upload.size).map(([key, text]) => [
    `  ${style.dim(key)}`,
    text,
  ]);
  const notes = warned.map((note) => `  ${style.dim('note')} ${oneLine(note)}\n`);
  return `${head}${textTable(rows)}${notes.join('')}nothing was sent\n`;
}

const DONE: Record<InstallAction, string> = {
  install: 'installed',
  update: 'updated',
  restart: 'started again',
  unchanged: 'unchanged',
};

/** What `install` prints for people. */
export function installedText(result: InstallResult, host: string, style: Style): string {
  const { plan, candidate, applied, notes } = result;
  const { health, answerLost, attempts } = applied;
  const { version } = candidate.identity;
  const lines = [
    `${style.green(DONE[plan.action])} ${style.bold(plan.name)} ${version} on ${host}` +
      `${change(result)}: ${healthText(health, style)}`,
  ];
  if (plan.action === 'unchanged') lines.push('  the host has just this content; nothing was sent');
  if (answerLost) lines.push('  the answer was lost on the way; asking showed that it was done');
  if (attempts > 1) {
    const why = has(plan.info.version, 'reports-status')
      ? 'eKuiper killed its new process in the update'
      : 'no rows came after the first time';
    lines.push(`  registered ${attempts} times, because ${why}`);
  }
  lines.push(...notes.map((note) => `  ${style.dim('note')} ${note}`));
  return `${lines.map(oneLine).join('\n')}\n`;
}

function change({ plan, candidate }: PlannedInstall): string {
  const before = plan.present?.plugin.version ?? '';
  const shown = plan.action === 'update' && before !== '' && before !== candidate.identity.version;
  return shown ? ` (was ${before})` : '';
}
