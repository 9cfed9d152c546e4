import { describe, expect, it } from 'vitest';
import { DEFECTS, defectsOf } from '../../../../src/doctor/host/defect-table.ts';
import { compareVersions } from '../../../../src/model/target.ts';

const ids = (version: string) => defectsOf(version).map(({ id }) => id);

const NEWEST = [
  'one-directory-level',
  'old-source-yaml',
  'update-loses-functions',
  'dead-stay-dead',
];

describe('the defects of a version', () => {
  it.each([
    ['2.4.0', NEWEST],
    ['2.4.0-alpha.2', NEWEST],
    ['', NEWEST],
    ['3.1.0', NEWEST],
    ['2.3.1', ['double-dots', 'old-source-yaml', 'update-loses-functions', 'dead-stay-dead']],
    [
      '2.2.5',
      ['rule-deletion-hangs', 'old-source-yaml', 'update-loses-functions', 'dead-stay-dead'],
    ],
    [
      '2.1.5',
      [
        'path-escape',
        'rule-deletion-hangs',
        'old-source-yaml',
        'update-loses-functions',
        'dead-stay-dead',
      ],
    ],
  ])('%s', (version, expected) => {
    expect(ids(version)).toEqual(expected);
  });

  it.each([
    ['2.0.8', 'update-kills', true],
    ['2.1.5', 'update-kills', false],
    ['1.14.7', 'update-kills', true],
    ['2.1.0', 'python-buffered', true],
    ['2.1.1', 'python-buffered', false],
    ['2.1.2', 'keep-alive-refused', true],
    ['2.1.3', 'keep-alive-refused', false],
    ['1.14.7', 'old-source-yaml', false],
    ['1.14.7', 'started-late', true],
    ['2.0.0', 'started-late', false],
    ['1.8.0', 'functions-lost-at-start', true],
    ['1.8.1', 'functions-lost-at-start', false],
    ['1.7.5', 'no-update', true],
    ['1.8.0', 'no-update', false],
    ['1.5.1', 'no-uploads', true],
    ['1.6.0', 'no-uploads', false],
    ['1.6.1', 'processes-stay', true],
    ['1.6.2', 'processes-stay', false],
  ])('%s has %s: %s', (version, id, expected) => {
    expect(ids(version).includes(id)).toBe(expected);
  });

  it('each is named once, begins before it ends, and says what to do where it hurts', () => {
    const all = DEFECTS.map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    for (const { since, before, hurts, always, hint } of DEFECTS) {
      expect(compareVersions(since ?? [0, 0, 0], before ?? [99, 0, 0])).toBeLessThan(0);
      expect(hint !== undefined).toBe(hurts !== undefined || always === true);
    }
  });
});
