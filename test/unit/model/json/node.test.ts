import { describe, expect, it } from 'vitest';
import {
  exactMember,
  fieldOf,
  type JsonNode,
  memberOf,
  stringsIn,
  textOf,
} from '../../../../src/model/json/node.ts';
import { parseGoJson } from '../../../../src/model/json/parse.ts';

function tree(text: string): JsonNode {
  const json = parseGoJson(text);
  if (!json.ok) throw new Error(json.message);
  return json.root;
}

describe('looking up members', () => {
  it('finds struct fields in any letter case, the last one wins', () => {
    expect(textOf(fieldOf(tree('{"Version":"1","VERSION":"2"}'), 'version'))).toBe('2');
    expect(memberOf(tree('{"ſources":1}'), 'sources')?.key).toBe('ſources');
  });

  it('takes null for absent where a struct does', () => {
    expect(fieldOf(tree('{"name":null}'), 'name')).toBeNull();
    expect(memberOf(tree('{"name":null}'), 'name')?.value.type).toBe('null');
  });

  it('finds map keys only in their exact case', () => {
    expect(exactMember(tree('{"Default":1}'), 'default')).toBeNull();
    expect(exactMember(tree('{"a":1,"a":2}'), 'a')?.value).toMatchObject({ value: 2 });
  });

  it('answers null for anything that is no object', () => {
    expect([memberOf(null, 'a'), exactMember(tree('[1]'), 'a')]).toEqual([null, null]);
  });

  it('keeps the strings of a mixed array', () => {
    expect(stringsIn(tree('["a", 1, null, "b"]'))).toEqual(['a', 'b']);
    expect(stringsIn(tree('"a"'))).toEqual([]);
  });
});
