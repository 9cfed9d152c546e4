import { firstOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import { refused } from '../../words.ts';

/** What Linux's file systems take, in bytes. */
const MOST_IN_NAME = 255;
const MOST_IN_PATH = 4095;

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
      .filter(({ path }) => isTooLong(path))
      .map(
        ({ path }): Report => ({
          file: `${path.slice(0, 60)}…`,
          message: 'The name of this entry is too long for Linux',
          effect: refused(`openat ${path.slice(0, 20)}…: file name too long`),
          hint: 'Give the file a shorter name',
        }),
      );
    return firstOf(subject, reports);
  },
};

function isTooLong(path: string): boolean {
  if (path.length * 3 <= MOST_IN_NAME) return false;
  const bytes = Buffer.from(path);
  return (
    bytes.length > MOST_IN_PATH ||
    path.split('/').some((name) => Buffer.byteLength(name) > MOST_IN_NAME)
  );
}
