import { describe, expect, test } from 'vitest';
import { KpluginError } from '../../../src/model/error.ts';
import { parseAnswers, type RawAnswers } from '../../../src/scaffold/answers.ts';
import { RAW } from './sample.ts';

function refusal(change: Partial<RawAnswers>): KpluginError {
  try {
    parseAnswers({ ...RAW, ...change });
  } catch (thrown) {
    if (thrown instanceof KpluginError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

describe('answers', () => {
  test('become a project', () => {
    expect(parseAnswers(RAW)).toEqual({
      name: 'meter',
      language: 'python',
      symbols: [
        { kind: 'source', name: 'pulse' },
        { kind: 'sink', name: 'ledger' },
        { kind: 'function', name: 'to_kwh' },
      ],
      version: '0.1.0',
      author: { name: 'Jane Doe', email: 'jane@example.com', website: 'https://example.com' },
      description: 'Reads meters.',
      sdk: '^0.1.0',
    });
  });

  const refused: readonly (readonly [string, Partial<RawAnswers>, string])[] = [
    ['an empty name', { name: '' }, '--name'],
    ['a name with a slash', { name: 'a/b' }, '--name'],
    ['a version that is no file name', { version: '1/2' }, '--plugin-version'],
    ['an empty version', { version: '' }, '--plugin-version'],
    ['an author of another form', { author: 'Jane <' }, '--author'],
    ['a description of two lines', { description: 'a\nb' }, '--description'],
    ['a description with half a character', { description: 'a\ud800' }, '--description'],
    ['a source with a space', { sources: ['a b'] }, '--source'],
    ['a sink that is built in', { sinks: ['mqtt'] }, '--sink'],
    ['a function that SQL cannot call', { functions: ['to-kwh'] }, '--function'],
    ['the same sink twice', { sinks: ['a', 'a'] }, '--sink'],
    ['no SDK at all', { sdk: ' ' }, '--sdk'],
    ['an SDK of two lines', { sdk: '^0.1.0\nx' }, '--sdk'],
    ['a manifest in the place of npm', { language: 'typescript', name: 'Package' }, '--name'],
    ['one in the place of the compiler', { language: 'typescript', name: 'tsconfig' }, '--name'],
  ];
  test.each(refused)('refuse %s', (_, change, flag) => {
    const error = refusal(change);
    expect(error).toMatchObject({ code: 'invalid-answer', exit: 2 });
    expect(error.message).toContain(flag);
  });

  test('leave a name that only npm takes to the other languages', () => {
    expect(parseAnswers({ ...RAW, name: 'package' }).name).toBe('package');
  });

  test('refuse a plugin without symbols', () => {
    const error = refusal({ sources: [], sinks: [], functions: [] });
    expect(error).toMatchObject({ code: 'missing-flag', exit: 2 });
    expect(error.hint).toContain('--function');
  });
});
