import { fileOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';

export const zipTooBig: Rule = {
  id: 'zip-too-big',
  severity: 'error',
  explanation: {
    means:
      'The package has more than 100,000 entries (with the folders above them), names of more than 10 MiB together, unpacks to more than 2 GiB, or to 200 times its own size ("zip bomb").',
    why:
      'eKuiper has no limit: it unpacks what is there until the disk of the edge box is full. An upload may have 1 GiB and is held ' +
      'in memory. The limits are of kplugin alone, which neither reads nor packs a package above them.',
    issues: [],
    bad: 'probe.zip, 10 MiB, unpacks to 10 GiB of zeros',
    good: 'probe.zip with the program and its models; training data elsewhere',
  },
  check(subject): Report[] {
    return problemsOf(subject, 'too-many-entries', 'too-large', 'suspicious-ratio').map(
      (problem) => ({
        file: fileOf(subject, problem),
        message: `This package is too big to be a plugin: ${problem.detail}`,
        effect:
          'kplugin does not read it; eKuiper has no such limit and unpacks what is there, until the disk is full',
        hint: 'Leave out what the plugin does not need to run; fetch big data in install.sh or at run time',
      }),
    );
  },
};
