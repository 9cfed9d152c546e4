import type { Report, Rule } from '../../engine/rule.ts';
import { failsToStart, repack } from '../../engine/words.ts';
import { makesExecutable } from '../../shell/command-files.ts';
import { readableScript } from '../../shell/shell-scripts.ts';
import { entryAt } from '../../subject/entries.ts';
import { executablePath, readManifest } from '../../subject/manifest.ts';

export const notExecutable: Rule = {
  id: 'not-executable',
  severity: 'error',
  explanation: {
    means: 'The program of a plugin with "language": "go" has no exec bit in the package.',
    why:
      'Every eKuiper takes the mode from the zip entry; only install.sh can change it. Zips made on Windows and by many ' +
      'libraries have no Unix mode and unpack to 0666: the official sample mirror.zip is one of them. ' +
      'Python plugins need no exec bit.',
    issues: ['#2646', '#3458'],
    bad: '-rw-rw-rw-  mirror',
    good: '-rwxr-xr-x  mirror',
  },
  async check(subject): Promise<Report[]> {
    const path = executablePath(subject);
    const entry = path === null ? null : entryAt(subject.view, path);
    if (path === null || entry?.kind !== 'file') return [];
    if (readManifest(subject)?.info.language !== 'go') return [];
    if (((entry.mode ?? 0) & 0o100) !== 0) return [];
    const script = await readableScript(subject);
    if (script !== null && makesExecutable(script.source.text, path)) return [];
    const where = `…/${subject.name}/${path}`;
    return [
      {
        file: path,
        message:
          entry.mode === null
            ? 'The package has no Unix modes, so the program is not executable'
            : `The program is not executable: its mode is ${entry.mode.toString(8).padStart(4, '0')}`,
        effect: failsToStart(
          subject,
          `plugin executable ${where} stops with error fork/exec ${where}: permission denied`,
        ),
        hint: repack('it writes the mode 0755'),
      },
    ];
  },
};
