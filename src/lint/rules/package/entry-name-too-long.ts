import { isTooLongPath } from '../../../model/clean-path.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const entryNameTooLong: Rule = {
  id: 'entry-name-too-long',
  severity: 'error',
  explanation: {
    means: 'A file name has more than 255 bytes, or a path more than 4,095.',
    why: 'No Linux file system takes it, so eKuiper cannot unpack it. An accented or Chinese character counts 2 to 4 bytes.',
    issues: [],
    bad: 'data/<300 letters>.json',
    good: 'data/sample.json',
  },
  check(subject) {
    const reports = subject.view.entries
      .filter(({ path }) => isTooLongPath(path))
      .map(
        ({ path }): Report => ({
          file: `${path.slice(0, 60)}…`,
          message: 'The name of this entry is too long for Linux',
          effect: refused(`openat ${path.slice(0, 20)}…: file name too long`),
          hint: 'Give the file a shorter name',
        }),
      );
    return firstOf(reports);
  },
};
