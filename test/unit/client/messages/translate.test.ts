import { describe, expect, it, test } from 'vitest';
import type { MessageContext } from '../../../../src/client/messages/rows/row.ts';
import { MESSAGE_ROWS, translate } from '../../../../src/client/messages/translate.ts';
import { describeWith } from '../../../toolchain/require.ts';
import { sharedFolder } from '../../../toolchain/shared.ts';
import { flawsIn } from './hint-commands.ts';
import { NOTED } from './known-messages.ts';
import { recordedTroubles, shortened } from './recorded.ts';
import { RECORDED } from './recorded-messages.ts';

const context: MessageContext = {
  host: 'edge1:9081',
  plugin: 'probe',
  source: 'probe.zip',
  version: '2.4.0',
};

await describeWith(
  'what six real eKuipers said',
  () => sharedFolder('conformance'),
  (folder) => {
    const troubles = recordedTroubles(folder);
    const expected = new Map(RECORDED.map(([id, words]) => [words, id]));

    test.each(troubles.map((one) => [one.version, one.case, one.where, one] as const))(
      '%s %s, %s: is explained by its row',
      (version, _case, _where, { words }) => {
        const id = expected.get(shortened(words));
        expect(id, `not in recorded-messages.ts: ${words}`).toBeDefined();
        expect(translate(words, { ...context, version })?.id).toBe(id);
      },
    );

    test('every row of the table was recorded', () => {
      const seen = new Set(troubles.map(({ words }) => shortened(words)));
      expect(RECORDED.filter(([, words]) => !seen.has(words))).toEqual([]);
    });
  },
);

describe('messages that were reported or read in the source, not recorded', () => {
  it.each(NOTED)('%s: %s (%s)', (id, words) => {
    expect(translate(words, context)?.id).toBe(id);
  });
});

describe('the time until eKuiper gave up waiting for a handshake', () => {
  const words =
    'fail to install plugin: plugin /p/main.py control handshake error: receive time out';

  it.each<[number | undefined, RegExp, RegExp]>([
    [undefined, /never reported back/, /kplugin serve/],
    [60_100, /never reported back/, /kplugin serve/],
    [30_000, /never reported back/, /kplugin serve/],
    [2100, /after 2 s: that is its portable\.initTimeout/, /initTimeout: 60s.*kplugin install/],
    [7, /at once: portable\.initTimeout is missing/, /initTimeout: 60s.*kplugin install/],
  ])('%s ms', (waited, cause, next) => {
    const known = translate(words, waited === undefined ? context : { ...context, waited });
    expect(known).toMatchObject({
      id: 'no-handshake',
      cause: expect.stringMatching(cause),
      next: expect.stringMatching(next),
    });
  });
});

describe('the table of messages', () => {
  it.each(MESSAGE_ROWS.map((row) => [row.id, row] as const))(
    '%s explains its own words, before any other row',
    (id, { says }) => {
      expect(translate(says, context)?.id).toBe(id);
    },
  );

  it('has each id once', () => {
    const ids = MESSAGE_ROWS.map((row) => row.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(
    MESSAGE_ROWS.flatMap(({ id, says }) => [
      [id, says, context] as const,
      [id, says, { ...context, plugin: null, source: null, version: '' }] as const,
    ]),
  )('%s: names only commands and flags that there are', (_id, says, where) => {
    expect(flawsIn(translate(says, where)?.next ?? '')).toEqual([]);
  });

  it.each(MESSAGE_ROWS.map(({ id, says }) => [id, says] as const))(
    '%s: cause and next say something, and have no hole',
    (_id, says) => {
      const known = translate(says, context);
      for (const text of [known?.cause ?? '', known?.next ?? '']) {
        expect(text).toMatch(/\w{2,}/);
        expect(text).not.toMatch(/undefined|null|""|\$\{|[a-z]\s{2,}/);
      }
    },
  );

  it.each([
    ['2.0.8', 'on eKuiper 2.0 every other update does that'],
    ['2.4.0', 'for want of memory'],
  ])('a killed plugin means something else on %s', (version, cause) => {
    const words = 'time out, plugin probe status error, message: signal: killed.';
    expect(translate(words, { ...context, version })?.cause).toContain(cause);
  });
});

describe('a translation', () => {
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
    [
      'Traceback (most recent call last):\n  File "x"\nValueError: no good\n',
      'ValueError: no good',
    ],
    [
      'Traceback (most recent call last):\\n  File "x"\\nValueError: no good\\n"}]',
      'ValueError: no good',
    ],
    ['', 'it does not say what'],
  ])('of a function that threw says what: %j', (words, what) => {
    expect(translate(`call func f error: ${words}`, context)?.cause).toBe(
      `the function f threw: ${what}`,
    );
  });

  it.each([
    ['probe.zip', 'kplugin validate probe.zip'],
    ['./probe', 'kplugin pack ./probe'],
    [null, 'kplugin pack <dir|zip>'],
  ])('names the command for what was installed: %s', (source, next) => {
    const words = 'fail to install plugin: openat link: unsupported file mode';
    expect(translate(words, { ...context, source })?.next).toBe(next);
  });

  it('of words that nobody knows is none: they are shown as they are', () => {
    expect(translate('the flux capacitor is empty', context)).toBeNull();
  });
});

describe('the search for flaws in hints', () => {
  it.each([
    ['kplugin frobnicate x', ['no command "frobnicate x"']],
    ['kplugin pack x --froz', ['pack has no --froz']],
    ['first kplugin validate x; then kplugin pack --checks', ['pack has no --checks']],
    ['kplugin pack x --check --json', []],
  ])('%s', (hint, flaws) => {
    expect(flawsIn(hint)).toEqual(flaws);
  });
});
