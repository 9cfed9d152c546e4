import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/client/exported.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import {
  changedYaml,
  doneNotes,
  interruptedNotes,
  updateNotes,
} from '../../../../src/deploy/install/notes.ts';
import { recordText } from '../../../../src/deploy/record/record-store.ts';
import type { SymbolKind } from '../../../../src/model/symbol.ts';
import { FakeHost } from '../change/fake-host.ts';

const UPLOAD = 'probe-2.0.0-cccccccc.zip';

function known(symbols: readonly (readonly [SymbolKind, string])[], isLost = true) {
  const lost = { rule: 'functions-lost-on-update', severity: 'info' as const, file: 'probe.json' };
  const rest = { line: null, column: null, length: 1, message: '', effect: '', hint: '' };
  return {
    identity: {
      name: 'probe',
      version: '2.0.0',
      language: 'python',
      executable: 'main.py',
      symbols: symbols.map(([kind, name]) => ({ kind, name })),
      arch: null,
    },
    findings: isLost ? [{ ...lost, ...rest }] : [],
  };
}

async function planOn(version: string, before: string | null, rules: string[] = []) {
  const host = new FakeHost(version);
  if (before !== null) host.has('probe', '1.0.0', before);
  host.statuses = [{ refCount: new Map(rules.map((rule) => [rule, 1])) }];
  const sql = JSON.stringify({ sql: 'SELECT a FROM s', actions: [] });
  const exported = await host.exported();
  const parsed = parseExport({ rules: Object.fromEntries(rules.map((rule) => [rule, sql])) });
  host.exported = async () => ({ ...exported, rules: parsed.rules });
  return planInstall(host, {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: UPLOAD,
    shellParas: [],
    reinstall: true,
  });
}

const one = known([['function', 'f']]);
const two = known([
  ['function', 'f'],
  ['function', 'g'],
]);

describe('what an update does beside what was asked for', () => {
  it.each([
    ['2.4.0', one, []],
    ['2.4.0', two, ['(f, g) may lose them']],
    ['2.0.8', one, ['(f) may lose them']],
    [
      '2.4.0',
      known(
        [
          ['function', 'f'],
          ['function', 'g'],
        ],
        false,
      ),
      [],
    ],
    ['1.14.7', known([['source', 's']], false), []],
  ])('eKuiper %s', async (version, candidate, expected) => {
    const notes = updateNotes(await planOn(version, 'old.zip'), candidate, []);
    expect(notes).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  it.each([
    ['differs', 'sources/s.yaml differs from what the host uses: eKuiper 2.x keeps its values'],
    ['unknown', 'if sources/s.yaml changed: eKuiper 2.x keeps its values'],
  ] as const)('a source file that %s', async (state, text) => {
    const notes = updateNotes(await planOn('2.4.0', 'old.zip'), known([]), [
      { source: 's', state, groups: [], goneGroups: [] },
    ]);
    expect(notes).toEqual([expect.stringContaining(text)]);
  });

  it('names the rules that use it', async () => {
    const plan = await planOn('2.4.0', 'old.zip', ['r2', 'r1']);
    expect(updateNotes(plan, known([]), [])).toEqual(['rules use it: r1, r2']);
  });

  it.each([
    ['a first installation', null],
    ['the same content again', UPLOAD],
  ])('has nothing to say about %s', async (_name, before) => {
    expect(
      updateNotes(await planOn('2.4.0', before), two, [
        { source: 's', state: 'differs', groups: [], goneGroups: [] },
      ]),
    ).toEqual([]);
  });
});

describe('a run after one that was interrupted', () => {
  const SAYS =
    'an earlier run was interrupted while it was putting 1.4.0 there, or is at it still; this one restores what it left';

  async function planAfter(upload: string, wanted: string) {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', upload);
    const file = `file:///up/${wanted}`;
    const pending = {
      before: host.registered.get('probe') ?? null,
      wanted: { name: 'probe', file, shellParas: [] },
      time: null,
    };
    host.files.set('probe.kplugin.json', recordText({ entries: [], pending }));
    const plugin = { name: 'probe', version: '2.0.0', symbols: [] };
    const asked = { plugin, uploadName: UPLOAD, shellParas: [], reinstall: false };
    return planInstall(host, asked);
  }

  it('says so first of all', async () => {
    const plan = await planAfter('old.zip', 'probe-1.4.0-aaaaaaaa.zip');
    expect(updateNotes(plan, two, [])).toEqual([SAYS, expect.stringContaining('(f, g)')]);
  });

  it('also where the host has what is wanted', async () => {
    const plan = await planAfter(UPLOAD, 'probe-1.4.0-aaaaaaaa.zip');
    expect(plan.action).toBe('unchanged');
    expect(updateNotes(plan, two, [])).toEqual([SAYS]);
  });

  it('names the package where that has no version of ours', async () => {
    const plan = await planAfter(UPLOAD, 'theirs.zip');
    expect(interruptedNotes(plan)).toEqual([expect.stringContaining('putting theirs.zip there')]);
  });
});

describe('what is to be known afterwards', () => {
  it('1.x has started nothing', async () => {
    expect(doneNotes(await planOn('1.14.7', null))).toEqual([
      'eKuiper 1.14.7 has only unpacked it: the first rule that uses it starts it, and only then an error shows',
    ]);
    expect(doneNotes(await planOn('2.4.0', null))).toEqual([]);
  });
});

async function changes(version: string, before: string | null, text: string) {
  const host = new FakeHost(version);
  if (before !== null) host.has('probe', '1.0.0', before);
  const used = {
    default: { camelkey: 'v', count: 3, list: [1, { a: null }], interval: '4.711s' },
    other: { count: 1 },
    hidden: { password: '******' },
  };
  host.configs.set('psrc', new Map(Object.entries(used)));
  const plan = await planInstall(host, {
    plugin: { name: 'probe', version: '2.0.0', symbols: [] },
    uploadName: 'new.zip',
    shellParas: [],
    reinstall: false,
  });
  return changedYaml(host, plan, new Map([['psrc', Buffer.from(text)]]));
}

const SAME =
  'other:\n  count: 1\ndefault:\n  list: [1, {A: }]\n  count: 3\n  camelKey: v\n  interval: 4711\nhidden:\n  password: x\n';

describe('source files that an update brings in vain', () => {
  it.each([
    ['the same in another order and case, as far as can be seen', SAME, ['unknown']],
    ['another value', SAME.replace('count: 3', 'count: 2'), ['differs']],
    ['another group', `${SAME}third:\n  x: 1\n`, ['differs']],
    ['a key less', SAME.replace('  camelKey: v\n', ''), ['differs']],
    ['another interval', SAME.replace('4711', '4712'), ['differs']],
    ['the same without a password', SAME.replace(/hidden:.*/s, ''), ['differs']],
    ['no YAML at all', 'a: [', ['unknown']],
  ])('%s', async (_name, text, states) => {
    const found = await changes('2.4.0', 'old.zip', text);
    expect(found.map(({ source, state }) => ({ source, state }))).toEqual(
      states.map((state) => ({ source: 'psrc', state })),
    );
  });

  it.each([
    ['1.14.7', 'old.zip'],
    ['2.4.0', null],
    ['2.4.0', 'new.zip'],
  ])('nothing to compare on %s with %s before', async (version, before) => {
    expect(await changes(version, before, 'default: {}')).toEqual([]);
  });

  it('a host that does not tell', async () => {
    const host = new FakeHost('2.4.0').has('probe', '1.0.0', 'old.zip');
    const plan = await planInstall(host, {
      plugin: { name: 'probe', version: '2.0.0', symbols: [] },
      uploadName: 'new.zip',
      shellParas: [],
      reinstall: false,
    });
    expect(
      await changedYaml(host, plan, new Map([['psrc', Buffer.from('default: {}')]])),
    ).toMatchObject([{ source: 'psrc', state: 'unknown' }]);
  });
});
