import type { Report, Rule } from '../../engine/rule.ts';
import { maskScript } from '../../shell/mask.ts';
import { readableScript } from '../../shell/shell-scripts.ts';

const ROOT_ONLY =
  /(^|[;&|({]|\b(?:then|else|do)\b)[ \t]*((?:sudo|su|doas)\s|(?:apt|apt-get|apk|yum|dnf|zypper|pacman)\s)/m;

export const installShNeedsRoot: Rule = {
  id: 'install-sh-needs-root',
  severity: 'warning',
  explanation: {
    means: 'install.sh calls sudo or a package manager such as apt or apk.',
    why:
      'In the default and Alpine images eKuiper runs as the user "kuiper" (from 1.7.1 on), without sudo: the call ' +
      'fails and the install with it. The script runs inside the request, which ends after 5 minutes, and many edge ' +
      'boxes are offline.',
    issues: ['#909', '#1017'],
    bad: 'apt-get install -y libgomp1',
    good: 'pip install --no-index --find-links wheels -r requirements.txt',
  },
  async check(subject): Promise<Report[]> {
    const script = await readableScript(subject);
    const match = script && ROOT_ONLY.exec(maskScript(script.source.text).bare);
    const called = match?.[2]?.trim();
    if (!script || !match || called === undefined) return [];
    const start = match.index + match[0].lastIndexOf(called);
    return [
      {
        file: script.path,
        at: { start, end: start + called.length },
        message: `install.sh calls ${called}, which needs root`,
        effect:
          'In the default and Alpine images eKuiper is not root: the call fails, and the install with it',
        hint: 'Bring what is needed in the package, or build an image that has it',
      },
    ];
  },
};
