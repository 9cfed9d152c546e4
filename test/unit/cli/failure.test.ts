import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { asKpluginError, failureView } from '../../../src/cli/failure.ts';
import { envelope } from '../../../src/cli/outcome.ts';
import { EXIT, KpluginError } from '../../../src/model/error.ts';
import { plain } from '../../fixtures/plain.ts';

const refused = new KpluginError({
  code: 'host-refused',
  exit: EXIT.host,
  message: 'edge1 refused the plugin',
  reason: 'the zip has\na wrapping folder',
  hint: 'kplugin pack --from x.zip',
});

describe('whatever is thrown becomes an exit code', () => {
  const nothing = new AbortController().signal;
  const interrupted = AbortSignal.abort();
  const { reason } = interrupted;
  const atAQuestion = Object.assign(new Error('closed'), { name: 'ExitPromptError' });
  it.each<[string, unknown, AbortSignal | null, number, string]>([
    ['an expected failure', refused, null, EXIT.host, 'host-refused'],
    [
      'a usage error',
      new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"),
      nothing,
      EXIT.usage,
      'usage-unknown-option',
    ],
    ['the abort itself', reason, interrupted, EXIT.interrupted, 'interrupted'],
    [
      'what Node makes of the abort',
      new Error('stopped', { cause: new Error('read', { cause: reason }) }),
      interrupted,
      EXIT.interrupted,
      'interrupted',
    ],
    ['Ctrl-C at a question', atAQuestion, nothing, EXIT.interrupted, 'interrupted'],
    ['a bug after Ctrl-C', new TypeError('x is undefined'), interrupted, EXIT.bug, 'bug'],
    ['the abort of something else', AbortSignal.abort().reason, interrupted, EXIT.bug, 'bug'],
    ['an abort without Ctrl-C', AbortSignal.abort().reason, nothing, EXIT.bug, 'bug'],
    ['a bug', new TypeError('x is undefined'), null, EXIT.bug, 'bug'],
    [
      'a part of the bundle that is not there',
      Object.assign(new Error("Cannot find module './parts/x.cjs'\nRequire stack:\n- /p"), {
        code: 'MODULE_NOT_FOUND',
      }),
      null,
      EXIT.bug,
      'not-started',
    ],
    [
      'a child beyond the limit of the process',
      Object.assign(new Error('spawn npm EMFILE'), { code: 'EMFILE', syscall: 'spawn npm' }),
      null,
      EXIT.usage,
      'too-many-open-files',
    ],
    [
      'a file beyond the limit of the system',
      Object.assign(new Error('ENFILE'), { code: 'ENFILE', syscall: 'open', path: '/p/x' }),
      null,
      EXIT.usage,
      'too-many-open-files',
    ],
    [
      'what the system refuses',
      Object.assign(new Error('ELOOP: links in a circle'), { syscall: 'open', path: '/p/x' }),
      null,
      EXIT.usage,
      'file-unusable',
    ],
    ['a thrown string', 'oops', null, EXIT.bug, 'bug'],
  ])('%s', (_name, thrown, interrupt, exit, code) => {
    expect(asKpluginError(thrown, interrupt)).toMatchObject({ exit, code });
  });

  it('keeps an expected failure that was being reported when Ctrl-C came', () => {
    expect(asKpluginError(refused, interrupted)).toBe(refused);
  });
});

describe('a failure for people', () => {
  it('says what, why and how to fix it', () => {
    expect(plain(failureView(refused, false))).toBe(
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
    const bug = asKpluginError(new Error('outer', { cause: new Error('the root of it') }), null);
    expect(plain(failureView(bug, false))).not.toContain('the root of it');
    expect(plain(failureView(bug, true))).toContain('the root of it');
    expect(plain(failureView(bug, true))).toContain('  more kplugin explain bug\n');
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

describe('what is thrown with many lines', () => {
  it.each([
    [{}, 'kplugin failed unexpectedly: one'],
    [{ code: 'MODULE_NOT_FOUND' }, 'a file of kplugin is missing: one'],
  ])('%j is named by its first', (more, message) => {
    const error = asKpluginError(Object.assign(new Error('one\ntwo'), more), null);
    expect(error.message).toBe(message);
  });
});
