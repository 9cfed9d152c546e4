import { describe, expect, test } from 'vitest';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { addToManifest } from '../../../../src/scaffold/add/addition.ts';

function add(text: string): string | null {
  const json = parseGoJson(text);
  if (!json.ok || json.root.type !== 'object') throw new Error('no object');
  return addToManifest(text, json.root, { kind: 'sink', name: 'b' });
}

describe('a sink in the manifest', () => {
  const rows: readonly (readonly [string, string, string | null])[] = [
    ['beside another', '{"sinks": ["a"]}', '{"sinks": ["a", "b"]}'],
    ['in an empty list', '{\n\t"sinks": []\n}\n', '{\n\t"sinks": ["b"]\n}\n'],
    ['in a list with space', '{"sinks": [ ]}', '{"sinks": ["b" ]}'],
    [
      'in a list on several lines',
      '{\n  "sinks": [\n    "a"\n  ]\n}',
      '{\n  "sinks": [\n    "a",\n    "b"\n  ]\n}',
    ],
    [
      'with Windows line ends and tabs',
      '{\r\n\t"sinks": [\r\n\t\t"a"\r\n\t]\r\n}\r\n',
      '{\r\n\t"sinks": [\r\n\t\t"a",\r\n\t\t"b"\r\n\t]\r\n}\r\n',
    ],
    ['in place of null', '{"sinks": null, "x": 1}', '{"sinks": ["b"], "x": 1}'],
    [
      'under a new key',
      '{\n    "language": "go"\n}\n',
      '{\n    "language": "go",\n    "sinks": ["b"]\n}\n',
    ],
    ['under a new key on one line', '{"language": "go"}', '{"language": "go", "sinks": ["b"]}'],
    ['in an empty manifest', '{}', '{"sinks": ["b"]}'],
    ['under a key in other letters', '{"Sinks": ["a"]}', '{"Sinks": ["a", "b"]}'],
    [
      'under the last of two keys, which is what Go takes',
      '{"sinks": ["x"], "sinks": ["a"]}',
      '{"sinks": ["x"], "sinks": ["a", "b"]}',
    ],
    ['not in what is no list', '{"sinks": "a"}', null],
  ];
  test.each(rows)('%s', (_, before, after) => {
    expect(add(before)).toBe(after);
  });
});
