import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';

export const linkOutside: Rule = {
  id: 'link-outside',
  severity: 'error',
  explanation: {
    means: 'A symbolic link in the project leads to a file outside of it.',
    why:
      'A package cannot hold a link that eKuiper takes, so kplugin packs the file behind a link instead; but only ' +
      'inside the project: what lies elsewhere may be secret, and is not the same on the next machine.',
    issues: [],
    bad: 'models/big.onnx -> /home/me/models/big.onnx',
    good: 'models/big.onnx, a copy; or a link to another file of the project',
  },
  check(subject) {
    const reports = problemsOf(subject, 'symlink-outside').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `The file ${problem.detail}`,
        effect: 'It is not packed, so eKuiper will not get it',
        hint: 'Copy the file into the project, or list the link in .kpluginignore',
      }),
    );
    return firstOf(reports);
  },
};
