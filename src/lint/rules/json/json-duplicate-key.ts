import type { JsonMember, JsonNode } from '../../../model/json/node.ts';
import { jsonFilesOf } from '../../json-files.ts';
import type { Report, Rule } from '../../rule.ts';
import type { JsonFile } from '../../subject.ts';

export const jsonDuplicateKey: Rule = {
  id: 'json-duplicate-key',
  severity: 'warning',
  explanation: {
    means: 'An object has the same key twice.',
    why: 'Go takes the last one and says nothing about the others.',
    issues: [],
    bad: '{ "version": "1.0.0", "version": "1.1.0" }',
    good: '{ "version": "1.1.0" }',
  },
  check(subject): Report[] {
    return jsonFilesOf(subject).flatMap((file) =>
      file.mended.ok ? inTree(file, file.mended.root) : [],
    );
  },
};

/** Walks without recursion: JSON may be nested as deep as its text is long. */
function inTree(file: JsonFile, root: JsonNode): Report[] {
  const reports: Report[] = [];
  const waiting: JsonNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'array') for (const item of node.items) waiting.push(item);
    if (node.type !== 'object') continue;
    // One by one: there may be more than a call takes arguments.
    for (const report of inObject(file, node.members)) reports.push(report);
    for (const { value } of node.members) waiting.push(value);
  }
  return reports;
}

function inObject(file: JsonFile, members: readonly JsonMember[]): Report[] {
  const last = new Map(members.map((member) => [member.key, member]));
  return members.flatMap((member) => {
    const winner = last.get(member.key);
    if (!winner || winner === member) return [];
    const { line } = file.source.positionAt(winner.keySpan.start);
    return [
      {
        file: file.path,
        at: member.keySpan,
        message: `"${member.key}" stands twice in this object`,
        effect: `eKuiper ignores this one and takes the one in line ${line}`,
        hint: 'Remove one of them',
      },
    ];
  });
}
