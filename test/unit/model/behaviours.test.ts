import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, type BehaviourId, has } from '../../../src/model/behaviours.ts';
import { compareVersions, TARGET_NAMES } from '../../../src/model/target.ts';

describe('what a version of eKuiper does', () => {
  it.each<[string, BehaviourId, boolean]>([
    ['2.1.2', 'cleans-entry-names', false],
    ['2.1.3', 'cleans-entry-names', true],
    ['2.1', 'cleans-entry-names', true],
    ['v2.1.0', 'starts-python-unbuffered', false],
    ['2.3.1', 'refuses-double-dots', true],
    ['2.4.0', 'refuses-double-dots', false],
    ['2.10.0', 'refuses-double-dots', false],
    ['2.10.0', 'makes-one-folder', true],
    ['2.5.3', 'makes-one-folder', true],
    ['v2.4.0-27-g1a2b3c', 'makes-one-folder', true],
    ['2.4.0-alpha.2', 'makes-one-folder', true],
    ['1.5.1', 'takes-uploads', false],
    ['1.6.0', 'takes-uploads', true],
    ['1.7.5', 'exports-registrations', false],
    ['1.8.0', 'exports-registrations', true],
    ['1.10.2', 'keeps-records', false],
    ['1.11.0', 'keeps-records', true],
    ['v2.0.8', 'reports-status', true],
    ['2.5.0-alpha.1', 'reports-status', true],
    ['1.14.7', 'reports-status', false],
    ['1.5.1', 'reports-status', false],
    ['', 'reports-status', true],
    ['devel', 'reports-status', true],
    ['2.3.0', 'refuses-double-dots', false],
    ['2.2.0', 'unpacks-symbols-to-etc-alone', true],
    ['2.2.1', 'unpacks-symbols-to-etc-alone', false],
    ['unknown', 'makes-one-folder', true],
    ['unknown', 'refuses-double-dots', false],
    ['', 'starts-at-install', true],
    ['constructor', 'starts-at-install', true],
  ])('%s, %s: %s', (version, id, does) => {
    expect(has(version, id)).toBe(does);
  });

  it('of the versions that were run', async () => {
    const lines = [...BEHAVIOURS.keys()].map(
      (id) => `${id}: ${TARGET_NAMES.filter((target) => has(target, id)).join(' ')}\n`,
    );
    await expect(lines.join('')).toMatchFileSnapshot('golden/behaviours.txt');
  });

  it('begins before it ends, and says where that was seen', () => {
    for (const { since, before, does, evidence } of BEHAVIOURS.values()) {
      if (since && before) expect(compareVersions(since, before)).toBeLessThan(0);
      expect(since ?? before).toBeDefined();
      expect(does).toMatch(/^[a-z].*[^.]$/);
      expect(evidence.length).toBeGreaterThan(5);
    }
  });
});

it('nothing else in src/ compares versions of eKuiper', () => {
  const src = path.join(import.meta.dirname, '../../../src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('model/'),
  );
  const comparing = files.filter((file) =>
    /(?:[<>]|[!=]==) '(?:1\.14|2\.\d+)'|'(?:1\.14|2\.\d+)' (?:[<>]|[!=]==)/.test(
      readFileSync(path.join(src, file), 'utf8'),
    ),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(comparing).toEqual([]);
});
