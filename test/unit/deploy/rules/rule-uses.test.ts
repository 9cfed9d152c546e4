import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/client/exported.ts';
import { listedUses, usedSymbols } from '../../../../src/deploy/rules/rule-sentences.ts';
import { NOT_COUNTED, ruleUses, trialRuns } from '../../../../src/deploy/rules/rule-uses.ts';

const PLUGIN = { sources: ['psrc', 'mqtt'], sinks: ['psink'], functions: ['pfn', 'Pfn2'] };

const STREAMS = {
  plug: 'CREATE STREAM plug () WITH (TYPE="psrc")',
  typeless: 'CREATE STREAM typeless () WITH (DATASOURCE="x")',
  other: 'CREATE STREAM other () WITH (TYPE="psrc2")',
};
const TABLES = {
  looked: 'CREATE TABLE looked () WITH (TYPE="psrc", KIND="lookup")',
  plain: 'CREATE TABLE plain () WITH (DATASOURCE="x")',
};

function uses(rule: object, counted = NOT_COUNTED) {
  const rules = { r: JSON.stringify(rule) };
  return ruleUses(parseExport({ streams: STREAMS, tables: TABLES, rules }), PLUGIN, counted);
}

const log = [{ log: {} }];

describe('what a rule uses of a plugin', () => {
  it.each<[string, object, string]>([
    ['a source', { sql: 'SELECT * FROM plug', actions: log }, 'source psrc'],
    ['a stream without a type', { sql: 'SELECT * FROM typeless', actions: log }, 'source mqtt'],
    ['a table without a type is a file', { sql: 'SELECT * FROM plain', actions: log }, ''],
    [
      'a lookup table',
      { sql: 'SELECT * FROM other INNER JOIN looked ON other.a = looked.a', actions: log },
      'source psrc',
    ],
    ['a stream that is not there', { sql: 'SELECT * FROM gone', actions: log }, ''],
    ['another case of the stream', { sql: 'SELECT * FROM Plug', actions: log }, ''],
    ['a sink', { sql: 'SELECT * FROM other', actions: [{ log: {} }, { psink: {} }] }, 'sink psink'],
    ['functions', { sql: 'SELECT Pfn2(pfn(a)) FROM other' }, 'functions pfn, Pfn2'],
    ['a function in another case is another one', { sql: 'SELECT PFN(a), pfn2(b) FROM other' }, ''],
    ['a field of that name', { sql: 'SELECT pfn, a AS Pfn2 FROM other' }, ''],
    ['a name in a text', { sql: 'SELECT * FROM other', actions: [{ log: { x: 'pfn(a)' } }] }, ''],
    [
      'all three',
      { sql: 'SELECT pfn(a) FROM plug', actions: [{ psink: {} }] },
      'source psrc; sink psink; function pfn',
    ],
    [
      'a graph',
      {
        graph: {
          nodes: {
            a: { type: 'source', nodeType: 'psrc', props: { note: 'Pfn2(a)' } },
            b: { type: 'operator', nodeType: 'filter', props: { expr: 'pfn(a) > 1' } },
            c: { type: 'operator', nodeType: 'switch', props: { cases: ['x > 1', 'Pfn2(a) > 1'] } },
            d: { type: 'sink', nodeType: 'psink', props: {} },
          },
        },
      },
      'source psrc; sink psink; functions pfn, Pfn2',
    ],
  ])('%s', (_name, rule, used) => {
    const found = uses(rule);
    expect(found.map(({ symbols }) => usedSymbols(symbols))).toEqual(used === '' ? [] : [used]);
    for (const use of found) expect(use).toMatchObject({ rule: 'r', by: 'read' });
  });

  it('eKuiper’s own count goes first; what it counts and is no rule is left out', () => {
    const counted = new Map([
      ['r', 2],
      ['$$subtopo_demo', 1],
      ['$$_0a1b2c3d-0000-4000-8000-0123456789abtrial', 1],
      ['$$_past', 0],
      ['deleted', 1],
      ['past', 0],
    ]);
    const r = { rule: 'r', symbols: [{ kind: 'source', name: 'psrc' }], by: 'counted' };
    const rule = { sql: 'SELECT * FROM plug' };
    for (const state of ['running', 'starting', 'dead'] as const) {
      expect(uses(rule, { state, rules: counted })).toEqual([r]);
    }
    expect(trialRuns({ rules: counted })).toBe(1);
  });

  it('as text, not longer than can be read', () => {
    const use = (rule: string) => ({
      rule,
      symbols: [{ kind: 'sink', name: 'psink' }] as const,
      by: 'read' as const,
    });
    expect(listedUses([use('a'), { ...use('b'), symbols: [] }])).toBe('a (sink psink), b');
    expect(listedUses(['a', 'b', 'c'].map(use), 2)).toBe(
      'a (sink psink), b (sink psink) and 1 more',
    );
  });
});
