import { memberOf } from '../../model/json/member.ts';
import type { JsonNode } from '../../model/json/node.ts';
import { FOLDER_OF, type PluginSymbol } from '../../model/symbol.ts';
import { type Insertion, indentAt, insertAll } from './mask.ts';

type ObjectNode = Extract<JsonNode, { type: 'object' }>;

/**
 * Names a symbol in the manifest and leaves every other byte as it is. The key is found as Go finds it (any letter
 * case, the last of duplicates); null when its value is something else than an array or null.
 */
export function addToManifest(text: string, root: ObjectNode, symbol: PluginSymbol): string | null {
  const key = FOLDER_OF[symbol.kind];
  const name = JSON.stringify(symbol.name);
  const member = memberOf(root, key);
  if (member === null) return insertAll(text, [newMember(text, root, `"${key}": [${name}]`)]);
  const { value } = member;
  if (value.type === 'null')
    return `${text.slice(0, value.start)}[${name}]${text.slice(value.end)}`;
  if (value.type !== 'array') return null;
  const last = value.items.at(-1);
  if (!last) return insertAll(text, [{ at: value.start + 1, text: name }]);
  return insertAll(text, [{ at: last.end, text: `,${gapBefore(text, last)}${name}` }]);
}

function newMember(text: string, root: ObjectNode, member: string): Insertion {
  const last = root.members.at(-1);
  if (!last) return { at: root.start + 1, text: member };
  return { at: last.value.end, text: `,${gapBefore(text, last.keySpan)}${member}` };
}

/** What separates an item from the one before it: a line of its own, or a space. */
function gapBefore(text: string, { start }: { readonly start: number }): string {
  const before = text.slice(0, start);
  return /\n[ \t]*$/.test(before) ? `\n${indentAt(text, start)}` : ' ';
}
