import { entryAt } from '../../lint/subject/entries.ts';
import { executablePath } from '../../lint/subject/executable-value.ts';
import { fileWord } from '../../model/shell-word.ts';
import type { PluginProject } from '../facts/plugin-project.ts';
import { type Check, remark } from '../host/check.ts';

/** Whether the executable exists, or which command builds it. */
export const executable: Check<PluginProject> = {
  id: 'project-executable',
  asks: 'its program',
  async look({ examination: { subject }, build, label }) {
    const file = executablePath(subject);
    if (file === null) return [];
    if (entryAt(subject.view, file) !== null) {
      return [remark('project-executable', 'ok', `its program ${file} is there`)];
    }
    const place = label === '.' ? '' : ` ${fileWord(label)}`;
    if (build === null) {
      return [
        remark(
          'project-executable',
          'error',
          `its program ${file} is not there`,
          `kplugin validate${place}`,
        ),
      ];
    }
    const text = `its program ${file} is not built yet; kplugin pack and install do that: ${build}`;
    return [remark('project-executable', 'ok', text)];
  },
};
