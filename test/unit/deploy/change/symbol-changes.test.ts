import { describe, expect, it } from 'vitest';
import type { InstalledPlugin } from '../../../../src/client/answers.ts';
import { symbolChanges } from '../../../../src/deploy/change/plan.ts';

const INSTALLED: InstalledPlugin = {
  name: 'tap',
  version: '1.0.0',
  language: 'python',
  executable: '/kuiper/plugins/portable/tap/main.py',
  virtualEnvType: null,
  env: null,
  sources: ['b', 'a'],
  sinks: ['a'],
  functions: [],
};

describe('symbolChanges', () => {
  it('adds everything where the host has no such plugin', () => {
    const symbols = [
      { kind: 'function', name: 'f' },
      { kind: 'source', name: 's' },
    ] as const;
    expect(symbolChanges(null, { name: 'tap', symbols })).toEqual({
      added: [symbols[1], symbols[0]],
      removed: [],
      kept: [],
    });
  });

  it('tells a source from a sink of the same name', () => {
    const symbols = [
      { kind: 'source', name: 'a' },
      { kind: 'function', name: 'a' },
    ] as const;
    expect(symbolChanges(INSTALLED, { name: 'tap', symbols })).toEqual({
      added: [{ kind: 'function', name: 'a' }],
      removed: [
        { kind: 'source', name: 'b' },
        { kind: 'sink', name: 'a' },
      ],
      kept: [{ kind: 'source', name: 'a' }],
    });
  });

  it('counts a symbol once, however often it is declared', () => {
    const twice = { kind: 'function', name: 'f' } as const;
    const changes = symbolChanges(null, { name: 'tap', symbols: [twice, twice] });
    expect(changes.added).toEqual([twice]);
  });
});
