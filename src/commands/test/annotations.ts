import path from 'node:path';
import type { Context } from '../../cli/context.ts';
import { githubFindings } from '../../cli/output/findings-text.ts';
import type { Finding } from '../../model/finding.ts';
import { symbolKey } from '../../testing/case/case.ts';
import type { CaseResult } from '../../testing/case/result.ts';
import type { TestFlags } from './options.ts';
import type { TargetReport } from './report-text.ts';
import type { Staged } from './stage.ts';

/** Makes GitHub annotations, with paths from the root of the repository; null where none are wanted. */
export function annotationsFor(
  { format }: TestFlags,
  project: string | null,
  { env, cwd }: Context,
): ((findings: readonly Finding[]) => string) | null {
  const isGithub = (format ?? (env['GITHUB_ACTIONS'] === 'true' && 'github')) === 'github';
  if (!isGithub) return null;
  const workspace = env['GITHUB_WORKSPACE'] || cwd;
  const place = (file: string): string => path.relative(workspace, path.join(project ?? cwd, file));
  return (findings) => githubFindings(findings, place);
}

/** The failed cases and checks as findings. */
export function failures(reports: readonly TargetReport[], staged: Staged): Finding[] {
  return reports.flatMap(({ report, target }) =>
    report.results
      .filter(({ outcome }) => outcome === 'failed')
      .map((result) => findingOf(result, target, staged)),
  );
}

/** A failed case is at its place in the case file, a failed check where the manifest names the symbol. */
function findingOf(
  result: CaseResult,
  target: string,
  { name: plugin, declared }: Staged,
): Finding {
  const { difference, name, message, symbol, kind } = result;
  const isCase = result.file !== null;
  const key = kind === null || symbol === null ? '' : symbolKey({ kind, name: symbol });
  const { file, line } = isCase
    ? { file: result.file ?? '', line: result.line }
    : (declared.places.get(key) ?? { file: `${plugin}.json`, line: 1 });
  const said = difference
    ? `${difference.path}: expected ${difference.expected}, received ${difference.received}`
    : message;
  return {
    rule: isCase ? name : `check ${name}`,
    severity: 'error',
    file,
    line,
    column: 1,
    length: 1,
    message: said.split('\n')[0] ?? '',
    effect: `${kind ? `${kind} ${symbol}, ` : ''}eKuiper ${target}${result.why === '' ? '' : `: ${result.why}`}`,
    hint: result.hint || `the plugin's log, which is shown by: kplugin test`,
  };
}
