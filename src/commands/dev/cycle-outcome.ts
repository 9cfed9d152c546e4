import type { Outcome } from '../../cli/outcome.ts';
import type { CasesReport, CycleReport } from '../../dev/report.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { cycleText } from './cycle-text.ts';

/**
 * A cycle for both kinds of readers. `stamp`: the time of day; `shown`: what becomes of a text in which the plugin's
 * copy is named.
 */
export function cycleOutcome(
  report: CycleReport,
  stamp: string,
  shown: (text: string) => string,
): Outcome {
  const error = report.problem ?? casesError(report.cases);
  return {
    data: cycleData(report),
    human: (style) => shown(cycleText(report, stamp, style)),
    ...(error === null ? {} : { error }),
  };
}

function cycleData(report: CycleReport): object {
  const { cycle, changed, end, ms, buildMs, plugin, isReplaced, lost, findings, cases } = report;
  return {
    event: 'cycle',
    cycle,
    changed,
    end,
    ms: Math.round(ms),
    buildMs: buildMs === null ? null : Math.round(buildMs),
    plugin,
    isReplaced,
    lost,
    findings,
    cases: cases && casesData(cases),
  };
}

function casesData({ known, suite, isRepeat, mistakes }: CasesReport): object {
  return {
    known,
    isRepeat,
    mistakes,
    passed: suite?.passed ?? 0,
    failed: suite?.failed ?? 0,
    skipped: suite?.skipped ?? 0,
    results: suite?.results ?? [],
  };
}

function casesError(cases: CasesReport | null): KpluginError | null {
  if (cases === null || cases.suite?.failed === 0) return null;
  const { mistakes } = cases;
  const message =
    cases.suite === null ? 'the cases cannot be read' : `${cases.suite.failed} cases failed`;
  return new KpluginError({
    code: cases.suite === null ? 'cases-invalid' : 'cases-failed',
    exit: EXIT.findings,
    message,
    hint: 'mend them and save: every change runs them again',
    findings: mistakes,
  });
}
