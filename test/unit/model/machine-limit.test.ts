import { expect, test } from 'vitest';
import { refusal } from '../../../src/emulator/http/answer.ts';
import { errnoWords, HostRefusal, pathError } from '../../../src/emulator/runtime/refusal.ts';
import { MachineLimit, machineLimitIn } from '../../../src/model/machine-limit.ts';
import { faultOf } from '../../../src/package/zip/zip-fault.ts';
import { CaseFailure, wordsOf } from '../../../src/testing/run/case-frame.ts';

const system = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: of the system, ${syscall}`), { code, syscall });

test.each([
  ['EMFILE', 'open', 'too-many-open-files'],
  ['EMFILE', 'spawn /bin/sh', 'too-many-open-files'],
  ['ENFILE', 'open', 'too-many-open-files'],
  ['EAGAIN', 'spawn /bin/sh', 'too-many-processes'],
  ['EAGAIN', 'read', null],
  ['ENOMEM', 'spawn /bin/sh', 'out-of-memory'],
  ['ENOSPC', 'write', 'disk-full'],
  ['EDQUOT', 'mkdir', 'disk-full'],
  ['ENOENT', 'open', null],
  ['EACCES', 'listen', null],
  ['ECONNREFUSED', 'connect', null],
])('%s of %s: %s', (code, syscall, limit) => {
  const error = system(code, syscall);
  expect(machineLimitIn(error)?.code ?? null).toBe(limit);
  const wrapped = new Error('it failed', { cause: error });
  expect(machineLimitIn(wrapped)?.code ?? null).toBe(limit);
});

test.each<[string, (error: Error) => unknown]>([
  ['the words of Go', errnoWords],
  ['a PathError of Go', (error) => pathError('open', '/x', error)],
  ['the result of a case', wordsOf],
  ['a fault of a zip', faultOf],
])('%s is never made of a limit of this machine', (_, speak) => {
  expect(() => speak(system('EMFILE', 'open'))).toThrow(MachineLimit);
  expect(() => speak(system('ENOENT', 'open'))).not.toThrow();
});

test('the server answers 500 in words of its own, not as eKuiper', () => {
  const answer = refusal(new HostRefusal('x', { cause: system('EMFILE', 'open') }), 'p', '2.4');
  expect(answer.status).toBe(500);
  expect(answer.body).toContain('kplugin serve: the system lets kplugin open no more files');
  expect(answer.body).toContain('ulimit -n 1024');
  expect(refusal(new CaseFailure('no'), 'p', '2.4').status).toBe(400);
});
