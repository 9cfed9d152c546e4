import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';

export const caseConflict: Rule = {
  id: 'case-conflict',
  severity: 'warning',
  explanation: {
    means: 'Two files have the same name but for the letter case or the Unicode form of an accent.',
    why:
      'eKuiper on Linux unpacks both. Windows and macOS keep one of them, so a checkout or an unpacked package there ' +
      'is another plugin.',
    issues: [],
    bad: 'Model.onnx\nmodel.onnx',
    good: 'model-large.onnx\nmodel-small.onnx',
  },
  check(subject) {
    const reports = problemsOf(subject, 'case-conflict').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `The name ${problem.detail}`,
        effect: 'eKuiper on Linux unpacks both; Windows and macOS keep one',
        hint: 'Rename one of them',
      }),
    );
    return firstOf(reports);
  },
};
