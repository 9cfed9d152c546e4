import type { JsonMember } from '../../../model/json/node.ts';
import { unmarshalPluginInfo } from '../../../model/plugin/manifest.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { nativeLibrary } from '../../subject/manifest.ts';

export const manifestWrongType: Rule = {
  id: 'manifest-wrong-type',
  severity: 'error',
  explanation: {
    means:
      'A value in the manifest has another type than eKuiper decodes: texts, and lists of texts.',
    why: 'Go stops at the first value that does not fit its struct, and every eKuiper refuses the install. null fits everywhere.',
    issues: [],
    bad: '{ "version": 1, "functions": "celsius" }',
    good: '{ "version": "1", "functions": ["celsius"] }',
  },
  check(subject): Report[] {
    const { manifest } = subject;
    if (!manifest?.fixed.ok || nativeLibrary(subject) !== null) return [];
    const { root } = manifest.fixed;
    if (root.type !== 'object') return [];
    return root.members.flatMap((member) => {
      const alone = { ...root, members: [member] };
      const { error } = unmarshalPluginInfo(alone, subject.name ?? '');
      if (error === null) return [];
      return {
        file: manifest.path,
        at: faulty(member),
        message: `"${member.key}" must be ${wanted(error)}`,
        effect: refused(error),
        hint: hintFor(member, error),
      };
    });
  },
};

/** The first list item of a wrong type, else the whole value. */
function faulty({ value }: JsonMember): JsonMember['value'] {
  if (value.type !== 'array') return value;
  return value.items.find(({ type }) => type !== 'string' && type !== 'null') ?? value;
}

function wanted(error: string): string {
  if (error.endsWith('[]string')) return 'a list of texts';
  return /\.PluginMeta\./.test(error) ? 'a text' : 'a list of texts only';
}

function hintFor({ key, value }: JsonMember, error: string): string {
  if (value.type === 'number') return `Write "${key}": "${value.text}"`;
  if (value.type === 'string' && error.endsWith('[]string')) {
    return `Write "${key}": [${JSON.stringify(value.value)}]`;
  }
  return wanted(error) === 'a text' ? 'Put it between quotes' : 'Write a list of names: ["a", "b"]';
}
