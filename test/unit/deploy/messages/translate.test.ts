import { describe, expect, it, test } from 'vitest';
import type { MessageContext } from '../../../../src/deploy/messages/row.ts';
import { MESSAGE_ROWS, translate } from '../../../../src/deploy/messages/translate.ts';
import { conformanceFolder } from '../../../e2e/conformance/cases.ts';
import { describeWith } from '../../../toolchain/require.ts';
import { NOTED, RECORDED } from './known-messages.ts';
import { recordedRefusals } from './recorded.ts';

const context: MessageContext = {
  host: 'edge1:9081',
  plugin: 'probe',
  source: 'probe.zip',
  version: '2.4.0',
};

await describeWith('what six real eKuipers refused', conformanceFolder, (folder) => {
  const refusals = recordedRefusals(folder);

  test.each(refusals.map((one) => [one.version, one.verb, one.case, one] as const))(
    '%s %s %s is explained',
    (_version, _verb, name, { words }) => {
      const expected = RECORDED[name];
      expect(expected, `${name} is not in the table`).toBeDefined();
      expect(expected).toContain(translate(words, context)?.id);
    },
  );

  test('every row of the table was recorded', () => {
    const seen = new Set(refusals.map((one) => one.case));
    expect(Object.keys(RECORDED).filter((name) => !seen.has(name))).toEqual([]);
  });
});

describe('messages that were reported, not recorded', () => {
  it.each(NOTED)('%s: %s', (id, words) => {
    expect(translate(words, context)?.id).toBe(id);
  });
});

describe('the table of messages', () => {
  it('has every row shown by a real message', () => {
    const shown = new Set([...Object.values(RECORDED).flat(), ...NOTED.map(([id]) => id)]);
    expect(MESSAGE_ROWS.map((row) => row.id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has each id once', () => {
    const ids = MESSAGE_ROWS.map((row) => row.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each([
    [
      'fail to install plugin: json: cannot unmarshal number into Go struct field PluginInfo.PluginMeta.version of type string',
      '"version" in the manifest is a number; eKuiper wants a string',
    ],
    [
      "fail to install plugin: invalid plugin, expect name 'probe' but got 'other'",
      'the manifest says "name": "other", and the file is called probe.json; both have to be the plugin\'s name',
    ],
    [
      'fail to install plugin: mkdirat models/v1: no such file or directory',
      'eKuiper 2.4 makes one folder level per entry, and the zip has no entry for the folder above models/v1 before it',
    ],
  ])('%s', (words, cause) => {
    expect(translate(words, context)?.cause).toBe(cause);
  });

  it.each([
    ['probe.zip', 'kplugin pack --from probe.zip'],
    ['./probe', 'kplugin pack ./probe'],
    [null, 'kplugin pack <dir|zip>'],
  ])('names the command for what was installed: %s', (source, next) => {
    const words = 'fail to install plugin: openat link: unsupported file mode';
    expect(translate(words, { ...context, source })?.next).toBe(next);
  });

  it('has nothing to say about words that nobody knows', () => {
    expect(translate('the flux capacitor is empty', context)).toBeNull();
  });
});
