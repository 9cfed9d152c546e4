import type { Result } from './suite.ts';

/** A step as it is over; a failed one, or every one, with all that was typed and printed. */
export function resultLine({ step, outcome, said, evidence }: Result, verbose: boolean): string {
  const lines = outcome === 'failed' || verbose ? evidence.split('\n') : [];
  return [`${outcome.padEnd(8)}  ${step}: ${said}`, ...lines.map((line) => `      ${line}`)].join(
    '\n',
  );
}

/** All steps, a line each, and their sum. */
export function table(version: string, results: readonly Result[]): string {
  const width = Math.max(...results.map(({ step }) => step.length));
  const lines = results.map(({ step, outcome, said }) => {
    const why = outcome === 'ok' ? '' : said;
    return `${step.padEnd(width)}  ${outcome.padEnd(8)}  ${why}`.trimEnd();
  });
  const count = (outcome: Result['outcome']): number =>
    results.filter((one) => one.outcome === outcome).length;
  const sum = `${version}: ${count('ok')} ok, ${count('failed')} failed, ${count('left out')} left out`;
  return [...lines, '', sum].join('\n');
}
