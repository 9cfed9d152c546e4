import type { RegisteredAgain } from '../../deploy/history/rollback.ts';
import type { Outcome } from '../outcome.ts';
import { healthData, healthText } from './health-text.ts';

/** What `rollback` and `restart` have to say; `done`: `rolled back`, `restarted`. */
export function againOutcome(result: RegisteredAgain, host: string, done: string): Outcome {
  const { plan, registration, health, after, attempts, answerLost, pruned } = result;
  const before = plan.present?.plugin.version ?? '';
  const was = before === '' || before === plan.version ? '' : ` (was ${before})`;
  const version = plan.version === '' ? '' : ` ${plan.version}`;
  return {
    data: {
      host,
      ekuiper: plan.info.version,
      plugin: plan.name,
      version: plan.version,
      previous: plan.present && { version: before, registration: plan.present.registration },
      registration,
      status: healthData(health),
      answerLost,
      attempts,
      pruned,
      rules: after.verdicts,
      notes: after.notes,
    },
    human: (style) =>
      `${[
        `${style.green(done)} ${style.bold(plan.name)}${version} on ${host}${was}: ${healthText(health, style)}`,
        ...(answerLost ? ['  the answer was lost on the way; asking showed that it was done'] : []),
        ...after.notes.map((note) => `  ${style.dim('note')} ${note}`),
      ].join('\n')}\n`,
    next: [`kplugin history ${plan.name} --host ${host}`],
  };
}
