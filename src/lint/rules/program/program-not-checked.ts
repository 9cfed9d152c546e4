import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import type { Rule } from '../../engine/rule.ts';
import { tooLongFiles } from '../../program/source-files.ts';

export const programNotChecked: Rule = {
  id: 'program-not-checked',
  severity: 'info',
  explanation: {
    means: `A source file of the program has more than ${TEXT_LIMITS.programFile} characters, or more than ${TEXT_LIMITS.programTokens} names, texts and marks.`,
    why: 'This is a limit of kplugin, not of eKuiper: what such a file opens and imports is not compared with what is in the package.',
    issues: [],
    bad: 'TABLE = {0: 17, 1: 4, …   # 100,000 more, in main.py',
    good: 'TABLE = json.loads((Path(__file__).parent / "table.json").read_text())',
  },
  async check(subject) {
    const paths = await tooLongFiles(subject);
    return paths.map((path) => ({
      file: path,
      message: `${path} is too long for kplugin to look through`,
      effect: 'eKuiper may run it all the same; what it opens and imports was not looked for',
      hint: 'Move data that is written out in it into a file of its own, and try the plugin: kplugin test',
    }));
  },
};
