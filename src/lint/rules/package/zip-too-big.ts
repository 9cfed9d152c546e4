import { fileOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';

export const zipTooBig: Rule = {
  id: 'zip-too-big',
  severity: 'error',
  explanation: {
    means:
      'The package has more entries than 65,535, unpacks to more than 2 GiB, or to 200 times its own size ("zip bomb").',
    why:
      'eKuiper has no limit: it unpacks until the disk of the edge box is full. An upload may have 1 GiB and is held ' +
      'in memory. kplugin refuses to read further.',
    issues: [],
    bad: 'probe.zip, 10 MiB, unpacks to 10 GiB of zeros',
    good: 'probe.zip with the program and its models; training data elsewhere',
  },
  check(subject): Report[] {
    return problemsOf(subject, 'too-many-entries', 'too-large', 'suspicious-ratio').map(
      (problem) => ({
        file: fileOf(subject, problem),
        message: `This package is too big to be a plugin: ${problem.detail}`,
        effect: 'eKuiper unpacks it without a limit, until the disk is full',
        hint: 'Leave out what the plugin does not need to run; fetch big data in install.sh or at run time',
      }),
    );
  },
};
