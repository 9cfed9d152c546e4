import type { JsonMember, JsonNode } from '../../../model/json/node.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { JsonFile } from '../../subject/subject.ts';
import { jsonFilesOf } from '../../subject/subject-files.ts';

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
  *check(subject): Iterable<Report> {
    for (const file of jsonFilesOf(subject)) {
      if (file.fixed.ok) yield* inTree(file, file.fixed.root);
    }
  },
};

/** Not recursive: JSON may be nested as deeply as its text is long. */
function* inTree(file: JsonFile, root: JsonNode): Iterable<Report> {
  const waiting: JsonNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'array') for (const item of node.items) waiting.push(item);
    if (node.type !== 'object') continue;
    yield* inObject(file, node.members);
    for (const { value } of node.members) waiting.push(value);
  }
}

function* inObject(file: JsonFile, members: readonly JsonMember[]): Iterable<Report> {
  const last = new Map(members.map((member) => [member.key, member]));
  for (const member of members) {
    const winner = last.get(member.key);
    if (!winner || winner === member) continue;
    const { line } = file.source.positionAt(winner.keySpan.start);
    yield {
      file: file.path,
      at: member.keySpan,
      message: `"${member.key}" stands twice in this object`,
      effect: `eKuiper ignores this one and takes the one in line ${line}`,
      hint: 'Remove one of them',
    };
  }
}
