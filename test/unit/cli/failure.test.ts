import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { envelope } from '../../../src/cli/envelope.ts';
import { asKpluginError, failureText } from '../../../src/cli/failure.ts';
import { PLAIN } from '../../../src/cli/terminal/style.ts';
import { EXIT, KpluginError } from '../../../src/model/error.ts';

const refused = new KpluginError({
  code: 'host-refused',
  exit: EXIT.host,
  message: 'edge1 refused the plugin',
  reason: 'the zip has\na wrapping folder',
  hint: 'kplugin pack --from x.zip',
});

describe('whatever is thrown becomes an exit code', () => {
  const abort = new Error('stopped');
  abort.name = 'AbortError';
  it.each<[string, unknown, boolean, number, string]>([
    ['an expected failure', refused, false, EXIT.host, 'host-refused'],
    [
      'a usage error',
      new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"),
      false,
      EXIT.usage,
      'usage-unknown-option',
    ],
    ['an abort', abort, false, EXIT.interrupted, 'interrupted'],
    ['anything after Ctrl-C', new Error('socket hang up'), true, EXIT.interrupted, 'interrupted'],
    ['a bug', new TypeError('x is undefined'), false, EXIT.bug, 'bug'],
    ['a thrown string', 'oops', false, EXIT.bug, 'bug'],
  ])('%s', (_name, thrown, interrupted, exit, code) => {
    expect(asKpluginError(thrown, interrupted)).toMatchObject({ exit, code });
  });

  it('keeps an expected failure that was being reported when Ctrl-C came', () => {
    expect(asKpluginError(refused, true)).toBe(refused);
  });
});

describe('a failure for people', () => {
  it('says what, why and how to mend it', () => {
    expect(failureText(refused, PLAIN, false)).toBe(
      [
        'error: edge1 refused the plugin',
        '  why  the zip has',
        '       a wrapping folder',
        '  fix  kplugin pack --from x.zip',
        '',
      ].join('\n'),
    );
  });

  it('shows stacks of the whole chain only under --verbose', () => {
    const bug = asKpluginError(new Error('outer', { cause: new Error('the root of it') }), false);
    expect(failureText(bug, PLAIN, false)).not.toContain('the root of it');
    expect(failureText(bug, PLAIN, true)).toContain('the root of it');
  });
});

describe('the envelope', () => {
  it.each([
    ['an answer', envelope('list', { plugins: [] }, null), true],
    ['nothing', envelope('remove', undefined, null), true],
    ['a failure', envelope('install', null, refused), false],
    ['a failure with data', envelope('validate', { findings: [1] }, refused), false],
  ])('%s has all four keys', (_name, wrapped, ok) => {
    expect(Object.keys(JSON.parse(JSON.stringify(wrapped)))).toEqual([
      'ok',
      'command',
      'data',
      'error',
    ]);
    expect(wrapped.ok).toBe(ok);
    expect(wrapped.error === null).toBe(ok);
  });
});
