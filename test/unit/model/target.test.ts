import { describe, expect, it } from 'vitest';
import { targetOfHost } from '../../../src/client/answers.ts';
import { has } from '../../../src/model/behaviours.ts';
import { atLeast, lineOf, releaseOf, targetOfRelease } from '../../../src/model/target.ts';

describe('what a plugin is judged for', () => {
  it.each([
    ['2.1', '2.1', '2.1.5'],
    ['2.1.5', '2.1', '2.1.5'],
    ['2.1.2', '2.1.2', '2.1.2'],
    ['v2.1.2-alpha.1', '2.1.2', '2.1.2'],
    ['1.14.0', '1.14.0', '1.14.0'],
    ['2.4.0-27-g1a2b3c', '2.4', '2.4.0'],
    ['2.9.3', '2.4', '2.4.0'],
    ['1.2.3', '1.14', '1.14.7'],
    ['devel', null, null],
  ])('%s: %s, the release %s', (version, target, release) => {
    const found = targetOfRelease(version);
    expect(found).toBe(target);
    expect(found && releaseOf(found)).toBe(release);
  });

  it('a patch level belongs to its line and decides where a behaviour changed in it', () => {
    expect(lineOf('2.1.2')).toBe('2.1');
    expect(atLeast('2.1.2', '2.1')).toBe(true);
    expect(atLeast('2.1.2', '2.2')).toBe(false);
    for (const judge of [targetOfRelease, targetOfHost]) {
      expect(has(judge('2.1.2') ?? '', 'cleans-entry-names')).toBe(false);
      expect(has(judge('2.1.3') ?? '', 'cleans-entry-names')).toBe(true);
    }
  });
});
