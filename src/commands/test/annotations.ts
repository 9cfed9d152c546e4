import path from 'node:path';
import { githubFindings } from '../../cli/output/github.ts';
import type { Finding } from '../../model/finding.ts';
import type { CaseResult } from '../../testing/result.ts';
import type { TargetReport } from './report-text.ts';

/** Failures as GitHub shows them beside the lines of the case files. */
export function annotations(
  reports: readonly TargetReport[],
  root: string,
  workspace: string,
): string {
  const failed = reports.flatMap(({ report, target }) =>
    report.results
      .filter(({ outcome }) => outcome === 'failed')
      .map((result) => findingOf(result, target)),
  );
  return githubFindings(failed, (file) => path.relative(workspace, path.join(root, file)));
}

function findingOf(result: CaseResult, target: string): Finding {
  const { difference, file, line, name, message, symbol, kind } = result;
  const said = difference
    ? `${difference.path}: expected ${difference.expected}, received ${difference.received}`
    : message;
  return {
    rule: file === null ? `check ${name}` : name,
    severity: 'error',
    file: file ?? '',
    line: file === null ? null : line,
    column: file === null ? null : 1,
    length: 1,
    message: said.split('\n')[0] ?? '',
    effect: `${kind ? `${kind} ${symbol}, ` : ''}eKuiper ${target}${result.why === '' ? '' : `: ${result.why}`}`,
    hint: result.hint || `the plugin's log, which is shown by: kplugin test`,
  };
}
