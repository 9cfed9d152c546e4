import { healthData, healthText } from '../cli/output/health-text.ts';
import type { Style } from '../cli/output/style.ts';
import type { InstallResult } from '../deploy/install/install.ts';
import type { InstallAction } from '../deploy/install/plan.ts';
import { has } from '../model/behaviours.ts';
import { oneLine } from '../model/printable.ts';
import { planData } from './install-plan-text.ts';

const DONE: Record<InstallAction, string> = {
  install: 'installed',
  update: 'updated',
  restart: 'started again',
  unchanged: 'unchanged',
};

/** What `install --json` prints. */
export function installData(result: InstallResult, host: string): object {
  const { plan, candidate, registration, answerLost, attempts, health } = result;
  return {
    host,
    ekuiper: plan.info.version,
    plugin: plan.name,
    version: candidate.identity.version,
    action: plan.action,
    dryRun: result.dryRun,
    previous: plan.present && {
      version: plan.present.plugin.version,
      registration: plan.present.registration,
    },
    package: {
      name: candidate.upload.name,
      size: candidate.upload.size,
      sha256: candidate.sha256,
      digest: candidate.digest,
    },
    registration: registration ?? plan.present?.registration ?? null,
    // Of a plugin that is not there a dry run has seen none.
    status: result.dryRun && plan.present === null ? null : healthData(health),
    answerLost,
    attempts,
    notes: [...new Set([...result.warned, ...result.notes])],
    plan: planData(plan, candidate.upload.size),
    pruned: result.pruned,
    config: result.after.config.map(({ source, group, failure }) => {
      return { source, group, failure: failure === null ? null : failure.message };
    }),
    restarted: result.after.restarted,
    rules: result.after.verdicts,
    findings: candidate.findings,
  };
}

/** What `install` prints for people. */
export function installText(result: InstallResult, host: string, style: Style): string {
  const { plan, candidate, health, notes, answerLost, attempts } = result;
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

function change({ plan, candidate }: InstallResult): string {
  const before = plan.present?.plugin.version ?? '';
  const shown = plan.action === 'update' && before !== '' && before !== candidate.identity.version;
  return shown ? ` (was ${before})` : '';
}
