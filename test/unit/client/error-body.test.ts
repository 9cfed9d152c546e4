import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeHtml, readErrorBody } from '../../../src/client/error-body.ts';

describe("the body of a host's refusal", () => {
  it.each([
    ['JSON', '{"error":1002,"message":"not found"}\n', 'json', 1002, 'not found'],
    ['JSON with escapes', '{"error":1000,"message":"a\\n\\"b\\""}', 'json', 1000, 'a\n"b"'],
    ["a proxy's JSON", '{"error":"upstream is gone"}', 'json', null, 'upstream is gone'],
    [
      'message of 1.13–1.14, nothing escaped',
      '{"error":1000,"message":"err:exit status 3 stdout:out\n stderr:some "err"\n"}\n',
      'loose',
      1000,
      'err:exit status 3 stdout:out\n stderr:some "err"',
    ],
    [
      "Go's own escapes",
      '{"error":1000,"message":"a\\x1b[31mb\\a\\tc"}',
      'loose',
      1000,
      'ab\u0007\tc',
    ],
    ["Go's \\U", '{"error":1000,"message":"\\a\\U0001f600"}', 'loose', 1000, '\u0007😀'],
    ['truncated', '{"error":1000,"message":"the plugin', 'loose', 1000, 'the plugin'],
    ['plain text', 'missing_token', 'text', null, 'missing_token'],
    ['nothing', '', 'text', null, ''],
    ['a page', '<!DOCTYPE html><title>Sign\n in</title>', 'html', null, 'Sign in'],
    ['a page without title', '<html><body>x</body></html>', 'html', null, ''],
    ['some other JSON', '[1,2]', 'text', null, '[1,2]'],
  ])('%s', (_name, body, form, code, words) => {
    expect(readErrorBody(body)).toEqual({ form, code, words });
  });

  it('is read whatever it is, in bounds and without line ends that only some know', () => {
    const head = fc.constantFrom('', '{"message":"', '{"error":1000,"message":"', '<html>');
    fc.assert(
      fc.property(head, fc.string({ unit: 'binary' }), (start, rest) => {
        const { words } = readErrorBody(start + rest);
        expect(words).not.toContain('\r');
        expect(words.length).toBeLessThan(20_000);
      }),
    );
    expect(readErrorBody('x'.repeat(100_000)).words).toMatch(/… \(83616 more characters\)$/);
  });

  it.each([
    ['<!doctype html>', true],
    ['\n <!-- hi --> <html lang="en">', true],
    ['<headline>', false],
    ['portable plugin x is created', false],
    ['{"a":"<html>"}', false],
  ])('%j is a page: %s', (text, expected) => {
    expect(looksLikeHtml(text)).toBe(expected);
  });
});
