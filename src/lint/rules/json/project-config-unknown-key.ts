import { closest } from '../../../model/closest.ts';
import { parseGoJsonBytes } from '../../../model/json/bytes.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';

const CONFIG_FILE = '.kplugin.json';

const KNOWN = ['files', 'build'];

export const projectConfigUnknownKey: Rule = {
  id: 'project-config-unknown-key',
  severity: 'warning',
  explanation: {
    means:
      'The .kplugin.json of the project has a key that kplugin does not know. Upper and lower case count.',
    why:
      'kplugin ignores it. With a misspelt "files" there is no allow-list: everything that no other rule leaves out is ' +
      'packed, and eKuiper installs it.',
    issues: [],
    bad: '{ "file": ["lib/", "*.py"] }',
    good: '{ "files": ["lib/", "*.py"] }',
  },
  async check({ view }) {
    const bytes = await view.readProject(CONFIG_FILE);
    const { json } = parseGoJsonBytes(bytes ?? new Uint8Array());
    if (!json.ok || json.root.type !== 'object') return [];
    const keys = new Set(json.root.members.map(({ key }) => key));
    const free = KNOWN.filter((known) => !keys.has(known));
    return firstOf([...keys].filter((key) => !KNOWN.includes(key)).map((key) => report(key, free)));
  },
};

function report(key: string, free: readonly string[]): Report {
  const meant = closest(key, free);
  return {
    file: CONFIG_FILE,
    message: meant
      ? `"${key}" is unknown; "${meant}" was meant?`
      : `"${key}" is unknown in ${CONFIG_FILE}`,
    effect: 'kplugin ignores the key',
    hint: meant ? `Rename it to "${meant}"` : `Remove it; known: "${KNOWN.join('", "')}"`,
  };
}
