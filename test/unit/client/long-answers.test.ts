import { AssertionError } from 'node:assert';
import type http from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientFor, fakeHttp } from './fake-server.ts';

const { prepareStackTrace } = Error;
let failedAsserts: Error[] = [];

beforeEach(() => {
  failedAsserts = [];
  // Node's AssertionError asks for its stack while it is made, also where the error is caught and forgotten.
  Error.prepareStackTrace = (error) => {
    if (error instanceof AssertionError) failedAsserts.push(error);
    return String(error);
  };
});

afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
});

const LIMIT = 65_536;
const SIZES = [0, 16_384, 60_000, LIMIT - 1, LIMIT, LIMIT + 1, 66_000, 100_000, 131_073, 150_000];

type Framing = 'content-length' | 'chunked' | 'gzip';

function answer(response: http.ServerResponse, size: number, framing: Framing): void {
  const body = Buffer.alloc(size, 'a');
  if (framing === 'content-length') response.setHeader('content-length', size);
  if (framing !== 'gzip') response.write(body);
  else response.setHeader('content-encoding', 'gzip').write(gzipSync(body));
  response.end();
}

describe.each(['close', 'keep-alive'])(
  'an answer over a connection that is to %s',
  (connection) => {
    it.each<Framing>(['content-length', 'chunked', 'gzip'])(
      'is the same finding in every size, without a failed assert on the way (%s)',
      async (framing) => {
        const outcomes: [number, string][] = [];
        for (const size of SIZES) {
          const server = await fakeHttp((_request, response) => {
            response.setHeader('connection', connection);
            answer(response, size, framing);
          });
          const client = clientFor(`127.0.0.1:${server.port}`);
          const failure: unknown = await client.info().catch((thrown: unknown) => thrown);
          // What undici does with the rest of the answer.
          await new Promise((resolve) => setTimeout(resolve, 10));
          await client.close();
          await server.close();
          outcomes.push([size, failure instanceof Error ? failure.message : 'no failure']);
        }
        const isTooLong = (size: number) => framing !== 'gzip' && size > LIMIT;
        for (const [size, message] of outcomes) {
          if (isTooLong(size)) expect(message).toContain('answered with more than 65536 bytes');
          else expect(message, String(size)).toContain('is not eKuiper');
        }
        expect(failedAsserts).toEqual([]);
      },
    );
  },
);
