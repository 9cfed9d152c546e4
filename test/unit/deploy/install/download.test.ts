import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../../../src/deploy/install/download.ts';
import { scratch } from '../auth/keys.ts';

const watcher = { waiting: () => {}, settled: () => {} };

async function failureOf(url: string): Promise<unknown> {
  const options = { scratch: await scratch(), signal: new AbortController().signal, watcher };
  return download(url, options).then(
    () => null,
    (thrown: unknown) => thrown,
  );
}

/** All that people may get to see of an error. */
function shown(thrown: unknown): string {
  return thrown instanceof Error ? String(thrown) + JSON.stringify(thrown) : '';
}

describe('a URL with a user and password', () => {
  it.each([
    'http://me:s3cret@127.0.0.1:1/x.zip',
    'https://s3cret@127.0.0.1:1/x.zip',
    'http://me:s3%40cret@127.0.0.1:1/x.zip?token=s3',
    'http://me:s3cret/x@127.0.0.1/x.zip',
  ])('is refused before anything is sent, and not repeated: %s', async (url) => {
    const failure = await failureOf(url);
    expect(failure).toMatchObject({ code: 'password-in-url', exit: 2 });
    expect(failure).toMatchObject({ hint: expect.stringContaining('curl --netrc -o plugin.zip') });
    expect(shown(failure)).not.toMatch(/s3|cret/);
  });
});

it('an "@" in a path is no password; what fails on the way does not repeat a query', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: 'ftp://elsewhere/x' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  const failure = await failureOf(`http://127.0.0.1:${port}/a@1.0.zip?token=s3cret`);
  expect(failure).toMatchObject({ code: 'download-failed', exit: 3 });
  expect(shown(failure)).toContain('/a@1.0.zip cannot be downloaded');
  expect(shown(failure)).not.toContain('s3cret');
});
