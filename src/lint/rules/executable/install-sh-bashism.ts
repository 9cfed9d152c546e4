import type { Report, Rule } from '../../engine/rule.ts';
import { bashismsIn } from '../../shell/bashisms.ts';
import { readableScript } from '../../shell/shell-scripts.ts';

export const installShBashism: Rule = {
  id: 'install-sh-bashism',
  severity: 'warning',
  explanation: {
    means: 'install.sh uses what bash knows and a plain shell need not.',
    why:
      'Every eKuiper runs it with /bin/sh, whatever its #! line says: dash in the -slim and -full images, busybox in ' +
      'the Alpine ones. dash knows none of this, busybox a part.',
    issues: ['#1017'],
    bad: '#!/bin/bash\nif [[ $1 == fast ]]; then source env.sh; fi',
    good: 'if [ "$1" = fast ]; then . ./env.sh; fi',
  },
  async check(subject): Promise<Report[]> {
    const script = await readableScript(subject);
    if (script === null) return [];
    return bashismsIn(script.source.text).map(({ construct, plain, start, end }) => ({
      file: script.path,
      at: { start, end },
      message: `${construct} is not known to every /bin/sh`,
      effect:
        'eKuiper runs install.sh with /bin/sh, not bash; where that is dash the install fails',
      hint: `Write it for every shell: ${plain}`,
    }));
  },
};
