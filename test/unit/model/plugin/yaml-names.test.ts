import { expect, test } from 'vitest';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { yamlNamesOf } from '../../../../src/model/plugin/yaml-names.ts';

const properties = (fields: string): string => `{"properties":{"default":${fields}}}`;

test.each<[string, string[] | string]>([
  [properties('[{"name":"a"},{"name":"bC"}]'), ['a', 'bC']],
  [properties('[{"name":"a","default":[]}]'), ['a']],
  [properties('[{"name":"a","default":[{"name":"in"}]}]'), ['in']],
  [properties('[{"name":"a","default":{"k":{"name":"in"}}}]'), ['in']],
  [properties('[{"name":"a","default":{"k":"v"}}]'), []],
  [properties('[{"Name":"a"}]'), []],
  ['{"properties":{"other":[{"name":"a"}]}}', []],
  ['{"Properties":{"default":[]}}', 'json map does not have properties value'],
  ['null', 'json map does not have properties value'],
  ['{"properties":[]}', 'failed to cast to list of properties'],
  ['{"properties":null}', 'failed to cast to list of properties'],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['{', 'unexpected end of JSON input'],
])('%s', (text, expected) => {
  const names = yamlNamesOf(parseGoJson(text));
  expect(names.ok ? names.names : names.message).toEqual(expected);
});
