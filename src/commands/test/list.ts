import type { Outcome } from '../../cli/outcome.ts';
import { oneLine } from '../../model/printable.ts';
import { CHECKS } from '../../testing/checks/names.ts';
import type { CaseFiles } from '../../testing/read-cases.ts';
import { type Asked, wanted } from './asked.ts';
import type { Staged } from './stage.ts';

/** What `--list` shows: the checks, and the cases with their places. */
export function listed(asked: Asked, files: CaseFiles, { name }: Staged): Outcome {
  const filter = wanted(asked);
  const checks = asked.checks
    .filter((one) => !files.checkPlan.skip.includes(one))
    .map((one) => ({ name: one, does: CHECKS[one] }));
  const cases = files.cases
    .filter((one) => filter({ type: 'case', ...one }))
    .map(({ name: called, kind, symbol, file, line }) => ({
      name: called,
      kind,
      symbol,
      file,
      line,
    }));
  return {
    data: { plugin: name, checks, cases },
    human: (style) => {
      const width = Math.max(0, ...checks.map((one) => one.name.length));
      return [
        ...checks.map((one) => `${one.name.padEnd(width)}  ${style.dim(one.does)}\n`),
        ...cases.map(
          (one) =>
            `${oneLine(`${one.name}  ${style.dim(`${one.kind} ${one.symbol}  ${one.file}:${one.line}`)}`)}\n`,
        ),
      ].join('');
    },
  };
}
