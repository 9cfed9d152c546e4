import { expect, test } from 'vitest';
import { controlText } from '../../../../../src/emulator/runtime/symbols/symbol-messages.ts';
import { yamlValueNotJson } from '../../../../../src/lint/rules/source-yaml/yaml-value-not-json.ts';
import { readSourceYaml } from '../../../../../src/model/yaml/read.ts';
import { findingsOf, GOOD_FILES } from '../../../lint/check-rule.ts';

// What validate reports and what serve refuses at the start of the source are the same.
test.each([
  ['interval: .nan', 'json: unsupported value: NaN'],
  ['interval: .INF', 'json: unsupported value: +Inf'],
  ['a: {b: [1, -.inf]}', 'json: unsupported value: -Inf'],
  ['names: {1: first}', 'json: unsupported type: map[interface {}]interface {}'],
  ['interval: 1e400', null],
  ['interval: 1.5', null],
  ['interval: ".nan"', null],
])('%s', async (line, words) => {
  const text = `default:\n  ${line}\n`;
  const { groups } = readSourceYaml(Buffer.from(text));
  const config = Object(groups)['default'];
  const start = () =>
    controlText({
      symbolName: 'psrc',
      meta: { ruleId: 'r', opId: 'o', instanceId: 0 },
      pluginType: 'source',
      config,
    });
  const files = { ...GOOD_FILES, 'sources/psrc.yaml': text };
  const found = await findingsOf(yamlValueNotJson, { files });
  expect(found).toHaveLength(words === null ? 0 : 1);
  if (words === null) return expect(start()).toContain('"config":{');
  expect(start).toThrow(words);
  expect(found[0]?.effect).toContain(`("${words}")`);
});
