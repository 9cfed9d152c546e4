import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { executableValue, readManifest } from '../../subject/manifest.ts';

export const executableInSymbolFolder: Rule = {
  id: 'executable-in-symbol-folder',
  severity: 'error',
  explanation: {
    means: 'The program lies in sources/, sinks/ or functions/.',
    why:
      'Every eKuiper unpacks these three folders to its own etc/ or data/ and everything else to the plugin folder, ' +
      'where it then looks for the executable in vain. The same holds for modules that the program imports.',
    issues: [],
    bad: '{ "executable": "functions/main.py", … }',
    good: '{ "executable": "main.py", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const found = executableValue(subject);
    if (manifest === null || found.state !== 'symbol-folder') return [];
    const [folder] = found.value.split('/');
    const file = found.value.split('/').at(-1) ?? found.value;
    return [
      {
        file: manifest.path,
        at: manifest.at('executable'),
        message: `The executable lies in ${folder}/, which is not unpacked to the plugin's folder`,
        effect: refused(
          `cannot find executable \`…/${subject.name}/${found.value}\` when loading portable plugins`,
        ),
        hint: `Move it out of ${folder}/ and write "executable": "${file}"`,
      },
    ];
  },
};
