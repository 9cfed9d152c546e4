import { describe, expect, it } from 'vitest';
import {
  digestOnHost,
  installedFacts,
  sameContent,
} from '../../../../src/deploy/diff/host-side.ts';
import { EMPTY_RECORD } from '../../../../src/deploy/record/host-record.ts';

const FULL = '0a1b2c3d'.repeat(8);
const registration = (file: string) => ({ name: 'tap', file, shellParas: [] });

describe('the content that a host has', () => {
  it('is told by the name of the upload, as far as that goes', () => {
    const ours = registration('file:///up/tap-1.0.0-0a1b2c3d.zip');
    expect(digestOnHost('tap', ours, null)).toBe('0a1b2c3d');
    expect(digestOnHost('tap', ours, EMPTY_RECORD)).toBe('0a1b2c3d');
    expect(digestOnHost('tap', registration('file:///up/tap.zip'), null)).toBeNull();
    expect(digestOnHost('tap', null, null)).toBeNull();
  });

  it('is told whole by the record, but only of what is registered', () => {
    const entry = (file: string) => ({
      version: '1',
      digest: FULL,
      registration: registration(file),
      time: null,
      outcome: 'running' as const,
    });
    const record = { entries: [entry('file:///up/tap-1.0.0-0a1b2c3d.zip')], pending: null };
    expect(digestOnHost('tap', record.entries[0]?.registration ?? null, record)).toBe(FULL);
    expect(digestOnHost('tap', registration('file:///up/by-hand.zip'), record)).toBeNull();
  });

  it.each([
    [FULL, '0a1b2c3d', 'same'],
    ['0a1b2c3d', FULL, 'same'],
    [FULL, 'ffffffff', 'different'],
    [null, FULL, 'unknown'],
    [FULL, null, 'unknown'],
  ] as const)('%s and %s: %s', (before, after, verdict) => {
    expect(sameContent(before, after)).toBe(verdict);
  });
});

describe('the executable of an installed plugin', () => {
  it.each([
    ['/kuiper/plugins/portable/tap/main.py', 'main.py'],
    ['/kuiper/plugins/portable/tap/bin/run', 'bin/run'],
    ['C:\\kuiper\\plugins\\portable\\tap\\bin\\run.exe', 'bin/run.exe'],
    ['/elsewhere/run', 'run'],
    ['', null],
  ])('%s is %s of the package', (executable, expected) => {
    const plugin = {
      name: 'tap',
      version: '',
      language: 'go',
      executable,
      virtualEnvType: null,
      env: null,
      sources: [],
      sinks: [],
      functions: [],
    };
    expect(installedFacts(plugin)).toMatchObject({ executable: expected, version: null });
  });
});
