import { describe, expect, it } from 'vitest';
import { parseHostInfo } from '../../../../src/client/answers.ts';
import { parseExport } from '../../../../src/client/exported.ts';
import { planInstall } from '../../../../src/deploy/change/plan.ts';
import { describePlugin, listPlugins } from '../../../../src/deploy/plugins/host-plugins.ts';
import {
  rowsShowLife,
  silencedRules,
  throwingRules,
} from '../../../../src/deploy/rules/proof-by-rows.ts';
import type { RuleVerdict } from '../../../../src/deploy/rules/rule-verdict.ts';
import type { SymbolKind } from '../../../../src/model/symbol.ts';
import { FakeHost, fakeClock } from '../change/fake-host.ts';
import { line } from './statuses.ts';

const info = (version: string) => parseHostInfo({ version, os: 'linux' });

const use = (rule: string, ...kinds: SymbolKind[]) => ({
  rule,
  symbols: kinds.map((kind) => ({ kind, name: 'x' })),
  by: 'read' as const,
});

const verdict = (rule: string, some: Partial<RuleVerdict> = {}): RuleVerdict => ({
  rule,
  state: 'quiet',
  words: 'no row came through',
  failedBefore: false,
  rowsBefore: true,
  cameIn: false,
  ...some,
});

const throwing = { state: 'fails', words: 'call func x error: time out', cameIn: true } as const;

describe('rows right before a change and none after it', () => {
  it.each<[string, SymbolKind, Partial<RuleVerdict>, boolean, boolean]>([
    ['nothing comes out of its source', 'source', {}, true, true],
    ['nothing comes in where it has a function', 'function', {}, true, false],
    ['its function only throws: dead on 1.x, lost on 2.x', 'function', throwing, true, false],
    ['it was quiet before', 'source', { rowsBefore: false }, false, false],
    ['its source brings rows, and they are filtered', 'source', { cameIn: true }, false, false],
    ['rows come in and none is thrown', 'function', { cameIn: true }, false, false],
    ['a sink says nothing', 'sink', {}, false, false],
    ['it answers', 'source', { state: 'answers', cameIn: true }, false, false],
    [
      'somebody stopped it',
      'source',
      { state: 'fails', words: 'Stopped: canceled manually.' },
      false,
      false,
    ],
    ['somebody deleted it', 'source', { state: 'fails', words: 'the rule is gone' }, false, false],
    [
      'it went down',
      'source',
      { state: 'fails', words: "Stopped: can't listen on pull socket" },
      true,
      false,
    ],
  ])('%s', (_name, kind, some, on1, on2) => {
    const names = (version: string) =>
      silencedRules([use('r', kind)], [verdict('r', some)], info(version)).map(({ rule }) => rule);
    expect(names('1.14.7')).toEqual(on1 ? ['r'] : []);
    expect(names('2.4.0')).toEqual(on2 ? ['r'] : []);
  });

  it.each(['1.14.7', '2.4.0'])('eKuiper %s: one rule that lives speaks for all', (version) => {
    const uses = [use('silent', 'source'), use('lives', 'function'), use('sinks', 'sink')];
    const lives = verdict('lives', { state: 'answers', cameIn: true });
    expect(silencedRules(uses, [verdict('silent'), lives], info(version))).toEqual([]);
    // A sink counts its rows also when nobody takes them.
    const sinks = verdict('sinks', { state: 'answers', cameIn: true });
    expect(silencedRules(uses, [verdict('silent'), sinks], info(version))).toHaveLength(1);
  });
});

const BOOM = 'call func x error: Traceback (most recent call last):\nRuntimeError: boom';

describe('rows right before a change, and only errors after it', () => {
  const thrown = { state: 'fails', onlyThrows: true, words: BOOM, cameIn: true } as const;

  it.each<[string, Partial<RuleVerdict>, boolean]>([
    ['every row throws', thrown, true],
    ['some do', { state: 'fails', words: BOOM, cameIn: true }, false],
    ['no rows before', { ...thrown, rowsBefore: false }, false],
    ['eKuiper lost its function', { ...thrown, words: throwing.words }, false],
    ['it answers again', { state: 'answers', cameIn: true }, false],
  ])('%s', (_name, some, isFailed) => {
    const all = throwingRules([verdict('r', some), verdict('other', { state: 'answers' })]);
    expect(all.map(({ rule }) => rule)).toEqual(isFailed ? ['r'] : []);
  });

  it.each(['1.14.7', '2.4.0'])('eKuiper %s: what throws is no dead process', (version) => {
    const uses = [use('r', 'function'), use('other', 'source')];
    const all = [verdict('r', thrown), verdict('other')];
    expect(silencedRules(uses, all, info(version))).toEqual([]);
  });
});

it.each([
  ['function', 1, true],
  ['source', 1, true],
  ['function', 0, false],
  ['sink', 1, false],
] as const)('a rule with its %s, %i rows a second: alive is %s', async (kind, rows, alive) => {
  const host = new FakeHost('2.4.0');
  let seen = 0;
  host.ruleStatus = async () => {
    seen += rows;
    return line(seen, seen, seen);
  };
  expect(await rowsShowLife(host, [use('r', kind)], { clock: fakeClock() })).toBe(alive);
});

const KILLED = 'signal: killed';
const OLD = 'pysam-1.0.0-11111111.zip';

interface Sick {
  readonly version?: string;
  readonly error?: string;
  readonly rowsPerLook?: number;
  /** The rule's text: by it a function is used, or a sink only. */
  readonly sql?: string;
}

/** A host that says of pysam that it is down, and has a rule with so many more rows at each look. */
function hostWith(sick: Sick): FakeHost {
  const {
    version = '2.4.0',
    error = KILLED,
    rowsPerLook = 1,
    sql = 'SELECT revert(a) FROM s',
  } = sick;
  const host = new FakeHost(version).has('pysam', '1.0.0', OLD, { functions: ['revert'] });
  host.statuses = [{ state: 'error', error }];
  const told = host.exported.bind(host);
  const rules = { r: JSON.stringify({ sql, actions: [{ log: {} }] }) };
  host.exported = async () => ({ ...(await told()), ...pick(parseExport({ rules })) });
  let seen = 0;
  host.ruleStatus = async () => {
    seen += rowsPerLook;
    return line(seen, seen, seen);
  };
  return host;
}

function pick({ rules }: ReturnType<typeof parseExport>) {
  return { rules };
}

describe('a plugin that its host calls killed', () => {
  it.each([
    ['rows flow through its function', {}, 'running'],
    ['no row comes', { rowsPerLook: 0 }, 'dead'],
    ['no rule uses it', { sql: 'SELECT a FROM s' }, 'dead'],
    ['it ended by itself', { error: 'exit status 3' }, 'dead'],
    ['eKuiper 2.0 means it', { version: '2.0.8' }, 'dead'],
  ] as const)('%s', async (_case, sick, state) => {
    const found = await describePlugin(hostWith(sick), 'pysam', fakeClock());
    expect(found.health.state).toBe(state);
    const { plugins } = await listPlugins(hostWith(sick), fakeClock());
    expect(plugins[0]?.health.state).toBe(state);
  });

  it('says why it is not believed', async () => {
    const { health } = await describePlugin(hostWith({}), 'pysam', fakeClock());
    expect(health).toMatchObject({ error: '', meaning: expect.stringContaining('reported late') });
  });

  it('is believed by whoever has no time to look', async () => {
    const { health } = await describePlugin(hostWith({}), 'pysam');
    expect(health).toMatchObject({ state: 'dead', error: KILLED });
  });

  it.each([
    ['rows flow', {}, 'unchanged'],
    ['none do', { rowsPerLook: 0 }, 'restart'],
  ] as const)('and is installed again: %s', async (_case, sick, action) => {
    const wanted = {
      plugin: { name: 'pysam', version: '1.0.0', symbols: null },
      uploadName: OLD,
      shellParas: [],
      reinstall: false,
    };
    expect((await planInstall(hostWith(sick), wanted, fakeClock())).action).toBe(action);
  });
});
