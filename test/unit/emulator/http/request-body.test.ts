import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../../../src/emulator/http/request-body.ts';

const SHAPE = { name: 'string', file: 'string', shellParas: '[]string' } as const;

function decode(text: string) {
  // Only its bytes are read.
  const request = Readable.from([Buffer.from(text)]) as unknown as IncomingMessage;
  return decodeBody(request, SHAPE, { package: 'plugin', name: 'IOPlugin' });
}

describe('what Go makes of a body', () => {
  test.each([
    [
      'all of it',
      '{"name":"a","file":"f","shellParas":["x"]}',
      { name: 'a', file: 'f', shellParas: ['x'] },
    ],
    [
      'any letter case, the last wins',
      '{"NAME":"a","Name":"b"}',
      { name: 'b', file: '', shellParas: null },
    ],
    [
      'unknown keys and null',
      '{"x":[],"name":null,"shellParas":[null]}',
      { name: '', file: '', shellParas: [''] },
    ],
    ['text after the value', '{"name":"a"} and more {', { name: 'a', file: '', shellParas: null }],
    ['null', 'null', { name: '', file: '', shellParas: null }],
  ])('%s', async (_title, text, value) => {
    expect(await decode(text)).toEqual(value);
  });

  test.each([
    ['', 'EOF'],
    ['  ', 'EOF'],
    ['{"name":', 'unexpected EOF'],
    ['{nope', "invalid character 'n' looking for beginning of object key string"],
    ['[]', 'json: cannot unmarshal array into Go value of type plugin.IOPlugin'],
    [
      '{"name":1}',
      'json: cannot unmarshal number into Go struct field IOPlugin.name of type string',
    ],
    [
      '{"shellParas":"x"}',
      'json: cannot unmarshal string into Go struct field IOPlugin.shellParas of type []string',
    ],
  ])('%j is refused', async (text, words) => {
    await expect(decode(text)).rejects.toThrow(words);
  });
});
