import { expect, test } from 'vitest';
import { manifestWrongType } from '../../../../../src/lint/rules/manifest/manifest-wrong-type.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['none', {}, []],
  ['null fits everywhere', { version: null, sinks: null, functions: ['a', null] }, []],
  [
    'a number for a text',
    { version: 1 },
    ['1:12 "version" must be a text | version of type string | Write "version": "1"'],
  ],
  [
    'a list for a text',
    { executable: ['main.py'] },
    ['1:53 "executable" must be a text | executable of type string | Put it between quotes'],
  ],
  [
    'a text for a list',
    { sinks: 'psnk' },
    ['1:90 "sinks" must be a list of texts | sinks of type []string | Write "sinks": ["psnk"]'],
  ],
  [
    'a number in a list',
    { sinks: ['a', 1] },
    [
      '1:95 "sinks" must be a list of texts only | sinks of type string | Write a list of names: ["a", "b"]',
    ],
  ],
  ['an unknown key may be anything', { extra: 1 }, []],
])('%s', async (_, keys, expected) => {
  const found = await findingsOf(manifestWrongType, { files: withManifest(keys) });
  const shown = found.map(({ line, column, message, effect, hint }) => {
    const type = /PluginInfo\.(?:PluginMeta\.)?(\w+ of type \S+)"$/.exec(effect)?.[1];
    return `${line}:${column} ${message} | ${type} | ${hint}`;
  });
  expect(shown).toEqual(expected);
});

test('in the words of eKuiper, each fault for itself', async () => {
  const files = withManifest({ version: 1, language: true });
  const effects = (await findingsOf(manifestWrongType, { files })).map(({ effect }) => effect);
  expect(effects).toEqual([
    'eKuiper refuses the install: "fail to install plugin: json: cannot unmarshal number into Go struct field PluginInfo.PluginMeta.version of type string"',
    'eKuiper refuses the install: "fail to install plugin: json: cannot unmarshal bool into Go struct field PluginInfo.PluginMeta.language of type string"',
  ]);
});
