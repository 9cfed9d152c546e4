import { posix } from 'node:path';
import { has } from '../../../model/behaviours.ts';
import { cleanPath } from '../../../model/clean-path.ts';
import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import type { Subject } from '../../subject/subject.ts';

export const entryEscapes: Rule = {
  id: 'entry-escapes',
  severity: 'error',
  explanation: {
    means: 'An entry is named so that it leads out of the plugin: ../x or /x ("zip slip").',
    why:
      'eKuiper up to 2.1 writes such a file wherever it leads, over anything it may write (GHSA-rj4j-2jph-gg43). ' +
      '2.2 and later refuse the package, each with other words.',
    issues: ['#3646'],
    bad: 'probe.zip\n  ../../etc/mqtt_source.yaml',
    good: 'probe.zip\n  etc/mqtt_source.yaml',
  },
  check(subject) {
    const reports = problemsOf(subject, 'path-escape').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: 'The name of this entry leads out of the plugin',
        effect: effectOf(subject, problem.entry ?? ''),
        hint: 'Do not install a package of unknown origin with such an entry; pack the plugin anew without it',
      }),
    );
    return firstOf(reports);
  },
};

function effectOf(subject: Subject, rawName: string): string {
  const name = cleanPath(rawName);
  if (!has(subject.target, 'refuses-escapes')) {
    return `eKuiper ${subject.target} writes the file there, outside the plugin's folder`;
  }
  if (has(subject.target, 'refuses-double-dots')) return refused(traversal(name));
  return has(subject.target, 'makes-one-folder')
    ? refused(`mkdirat ${posix.dirname(name)}: path escapes from parent`)
    : refused(`openat ${name}: path escapes from parent`);
}

function traversal(name: string): string {
  return `invalid file name: path traversal or absolute paths are not allowed: '${name}'`;
}
