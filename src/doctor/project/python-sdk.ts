import type { PluginProject } from '../facts/plugin-project.ts';
import { sdkFor, sdkTrouble } from '../facts/python-sdk.ts';
import { type Check, remark } from '../host/check.ts';

/** Compares the SDK in requirements.txt with the target eKuiper. */
export const pythonSdk: Check<PluginProject> = {
  id: 'project-python-sdk',
  asks: 'its Python SDK',
  async look({ language, requirements, target }) {
    if (language !== 'python') return [];
    const line = /^[ \t]*ekuiper\b([^#\n]*)/im.exec(requirements ?? '');
    const write = `write ${sdkFor(target)} into requirements.txt`;
    if (line === null) {
      const text =
        'no requirements.txt names its SDK (ekuiper): nobody can tell which one it was made for';
      return [remark('project-python-sdk', 'warning', text, write)];
    }
    const asked = (line[1] ?? '').trim();
    const pinned = /^==\s*([\w.]+)$/.exec(asked)?.[1];
    if (pinned === undefined) {
      const text = `requirements.txt asks for ekuiper ${asked || 'of any release'}: it is another one tomorrow`;
      const bounded = /</.test(asked);
      return [
        remark(
          'project-python-sdk',
          bounded ? 'ok' : 'warning',
          bounded ? `requirements.txt asks for ekuiper ${asked}` : text,
          bounded ? null : write,
        ),
      ];
    }
    const trouble = sdkTrouble(pinned, target);
    const text = `requirements.txt asks for ekuiper ${pinned}`;
    if (trouble === null) return [remark('project-python-sdk', 'ok', text)];
    return [remark('project-python-sdk', 'warning', `${text}: ${trouble}`, write)];
  },
};
