import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import {
  decodeManifest,
  launchProblem,
  looseManifest,
  unmarshalPluginInfo,
} from '../../../../src/model/plugin/manifest.ts';
import { describeWith } from '../../../toolchain/require.ts';
import { sharedFolder } from '../../../toolchain/shared.ts';

const GOOD = { version: '1', language: 'go', executable: 'x', functions: ['f'] };

function said(text: string): string | null {
  const json = parseGoJson(text);
  if (!json.ok) return json.message;
  const decoded = decodeManifest(json.root, 'probe');
  return decoded.ok ? launchProblem(decoded.info) : decoded.message;
}

const meta = (field: string, kind: string): string =>
  `json: cannot unmarshal ${kind} into Go struct field PluginInfo.PluginMeta.${field} of type string`;

describe('keys that come again', () => {
  test.each<[string, readonly string[] | null]>([
    ['"functions":["a"],"FUNCTIONS":["b"]', ['b']],
    ['"functions":["a"],"function\u017f":["b"]', ['b']],
    ['"functions":["a","b"],"functions":null', null],
    // Go decodes the second list into the items of the first one.
    ['"functions":["a","b"],"functions":[null]', ['a']],
    ['"functions":["a","b"],"functions":["x"],"functions":[null,null]', ['x', 'b']],
    ['"functions":["a","b"],"functions":[],"functions":[null]', ['']],
    ['"functions":["a"],"functions":null,"functions":[null]', ['']],
  ])('{%s}', (members, expected) => {
    const json = parseGoJson(`{${members}}`);
    expect(json.ok && unmarshalPluginInfo(json.root, 'probe').info.functions).toEqual(expected);
  });
});

describe('what eKuiper says to a manifest', () => {
  test.each<[object, string | null]>([
    [{}, null],
    [{ name: 'probe' }, null],
    [{ name: null, sources: null, env: null }, null],
    [{ name: 'other' }, "invalid plugin, expect name 'probe' but got 'other'"],
    [{ name: '' }, "invalid plugin, expect name 'probe' but got ''"],
    [{ language: '' }, 'invalid plugin, missing language'],
    [{ language: null }, 'invalid plugin, missing language'],
    [{ executable: '' }, 'invalid plugin, missing executable'],
    [{ functions: [] }, 'invalid plugin, must define at lease one source, sink or function'],
    [{ language: 'Python' }, "invalid plugin, language 'Python' is not supported"],
    [{ version: 1 }, meta('version', 'number')],
    [{ language: true }, meta('language', 'bool')],
    [{ env: {} }, meta('env', 'object')],
    [
      { sources: 'a' },
      'json: cannot unmarshal string into Go struct field PluginInfo.sources of type []string',
    ],
    [
      { sinks: [1] },
      'json: cannot unmarshal number into Go struct field PluginInfo.sinks of type string',
    ],
    [{ functions: [null] }, null],
    [{ language: 'python', virtualEnvType: 'venv' }, 'unsupported virtual type: venv'],
    [
      { language: 'python', virtualEnvType: 'conda' },
      'runtime error: invalid memory address or nil pointer dereference',
    ],
    [{ language: 'python', virtualEnvType: 'conda', env: 'e' }, null],
    [{ virtualEnvType: 'venv' }, null],
  ])('%j', (change, expected) => {
    expect(said(JSON.stringify({ ...GOOD, ...change }))).toBe(expected);
  });

  test.each([
    ['[]', 'json: cannot unmarshal array into Go value of type portable.PluginInfo'],
    ['null', 'invalid plugin, missing language'],
    ['{"LANGUAGE":"go","Executable":"x","SINKS":["a"]}', null],
    ['{"language":"x","language":"go","executable":"x","sinks":["a"]}', null],
    ['{"version":"1","version":null,"language":"go","executable":"x","sinks":["a"]}', null],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

it('keeps the first type error, and what decoded beside it', () => {
  const json = parseGoJson('{"version":1,"language":2,"sinks":["a",3],"executable":"x"}');
  if (!json.ok) throw new Error(json.message);
  expect(decodeManifest(json.root, 'p')).toEqual({ ok: false, message: meta('version', 'number') });
  expect(looseManifest(json.root, 'p')).toMatchObject({ executable: 'x', sinks: ['a', ''] });
});

interface Step {
  readonly zip?: readonly { readonly name: string; readonly text?: string }[];
}
interface Answer {
  readonly status?: number;
  readonly body?: string;
}

await describeWith(
  'the recorded answers',
  () => sharedFolder('conformance'),
  (folder) => {
    const read = <T>(file: string): Record<string, T[]> =>
      JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const cases = read<Step>('cases.json');
    const answers = read<Answer>('recorded-2.4.0.json');
    // The words about files that are missing or cannot be started are not the manifest's.
    const names = Object.keys(cases).filter(
      (name) => name.startsWith('man.') && !['man.exec.dot', 'man.conda'].includes(name),
    );

    it.each(names)('%s', (name) => {
      const steps = cases[name] ?? [];
      const manifest = steps
        .flatMap(({ zip = [] }) => zip)
        .find((one) => one.name === 'probe.json');
      const install = answers[name]?.[1];
      const words = said(manifest?.text ?? '');
      expect(words === null).toBe(install?.status === 201);
      if (words !== null) expect(install?.body).toContain(JSON.stringify(words).slice(1, -1));
    });
  },
);
