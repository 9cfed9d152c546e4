import { describe, expect, test } from 'vitest';
import { goMarshal, htmlEscape, refusal } from '../../../../src/emulator/http/answer.ts';
import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';

test("Go's JSON may stand in a web page", () => {
  expect(goMarshal({ a: '<b>&' })).toBe('{"a":"\\u003cb\\u003e\\u0026"}');
});

test("Go's HTML", () => {
  expect(htmlEscape(`a&b'c"<d>`)).toBe('a&amp;b&#39;c&#34;&lt;d&gt;');
});

describe('the error body', () => {
  const error = new HostRefusal('some "err"\n');

  test('of 1.14 is not escaped', () => {
    expect(refusal(error, 'p', '1.14').body).toBe('{"error":1000,"message":"p: some "err"\n"}\n');
  });

  test('of 2.x is', () => {
    expect(refusal(error, '', '2.0').body).toBe('{"error":1000,"message":"some \\"err\\"\\n"}\n');
  });

  test('of what is not there has its own code and status', () => {
    const answer = refusal(new HostRefusal('x', { notFound: true }), '', '2.4');
    expect(answer).toMatchObject({ status: 404, body: '{"error":1002,"message":"x"}\n' });
  });
});
