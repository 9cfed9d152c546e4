import { describe, expect, it } from 'vitest';
import { parseHostInfo } from '../../../../src/client/answers.ts';
import { silencedRules } from '../../../../src/deploy/rules/proof-by-rows.ts';
import type { RuleVerdict } from '../../../../src/deploy/rules/rule-verdict.ts';
import type { SymbolKind } from '../../../../src/model/symbol.ts';

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
