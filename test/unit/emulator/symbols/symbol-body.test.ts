import { describe, expect, test } from 'vitest';
import { decodeControl } from '../../../../src/emulator/symbols/symbol-body.ts';

const BARE = { meta: null, config: null, confKey: null, dataSource: null };

describe('a control object, as Go decodes it', () => {
  test.each([
    [
      'everything',
      '{"symbolName":"a","meta":{"ruleId":"r","opId":"o","instanceId":3},"pluginType":"sink","config":{"x":[1,{"y":null}]}}',
      {
        ...BARE,
        kind: 'sink',
        symbol: 'a',
        meta: { ruleId: 'r', opId: 'o', instanceId: 3 },
        config: { x: [1, { y: null }] },
      },
    ],
    [
      'keys in any case, the last wins, text after it',
      '{"SYMBOLNAME":"a","symbolname":"b","plugintype":"func"} and so on',
      { ...BARE, kind: 'function', symbol: 'b' },
    ],
    [
      'null is nothing',
      '{"symbolName":"a","pluginType":"source","meta":null,"config":null,"dataSource":null}',
      { ...BARE, kind: 'source', symbol: 'a' },
    ],
    [
      "a meta's missing parts",
      '{"symbolName":"a","pluginType":"source","meta":{"opId":"x"}}',
      { ...BARE, kind: 'source', symbol: 'a', meta: { ruleId: 'rule1', opId: 'x', instanceId: 1 } },
    ],
    [
      'group and topic',
      '{"symbolName":"a","pluginType":"function","confKey":"k","dataSource":"d"}',
      { ...BARE, kind: 'function', symbol: 'a', confKey: 'k', dataSource: 'd' },
    ],
  ])('%s', (_title, text, control) => {
    expect(decodeControl(text)).toEqual(control);
  });

  test.each([
    ['', 'decode error EOF'],
    ['{nope', "decode error invalid character 'n' looking for beginning of object key string"],
    ['{"symbolName":', 'decode error unexpected EOF'],
    ['[]', 'decode error json: cannot unmarshal array into Go value of type runtime.Control'],
    [
      '{"symbolName":1}',
      'decode error json: cannot unmarshal number into Go struct field Control.symbolName of type string',
    ],
    [
      '{"symbolName":"a","pluginType":"sink","meta":[]}',
      'decode error json: cannot unmarshal array into Go struct field Control.meta of type runtime.Meta',
    ],
    [
      '{"symbolName":"a","pluginType":"sink","meta":{"instanceId":1.5}}',
      'decode error json: cannot unmarshal number into Go struct field Meta.meta.instanceId of type int',
    ],
    [
      '{"symbolName":"a","pluginType":"sink","config":[]}',
      'decode error json: cannot unmarshal array into Go struct field Control.config of type map[string]interface {}',
    ],
    ['{}', 'symbolName is missing'],
    ['null', 'symbolName is missing'],
    ['{"symbolName":"a"}', 'pluginType is missing: it is "source", "sink" or "func"'],
    ['{"symbolName":"a","pluginType":"source "}', 'pluginType "source " is unknown'],
    ['{"symbolName":"a","pluginType":"constructor"}', 'pluginType "constructor" is unknown'],
    [
      '{"symbolName":"a","pluginType":"sink","meta":{"ruleId":"../../etc"}}',
      'meta.ruleId names a socket, so it cannot have a slash',
    ],
  ])('%j is refused', (text, words) => {
    expect(() => decodeControl(text)).toThrow(`Invalid body: ${words}`);
  });
});
