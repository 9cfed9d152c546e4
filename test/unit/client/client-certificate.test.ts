import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../../src/client/http/address.ts';
import { NO_TLS_FILES, type TlsFiles } from '../../../src/client/http/tls.ts';
import { openSession } from '../../../src/client/transport.ts';
import { describeWith, ToolchainMissing } from '../../toolchain/require.ts';
import { type Certificates, certificates } from './certificates.ts';

/** Node's own server sends no alerts; OpenSSL's does, as nginx, HAProxy and Go do. */
async function openssl(): Promise<string> {
  if (spawnSync('openssl', ['version']).status === 0) return 'openssl';
  throw new ToolchainMissing('the program openssl');
}

await describeWith(
  'a host that wants a client certificate, and says so by TLS',
  openssl,
  (tool) => {
    describe.each(['-tls1_2', '-tls1_3'])('%s', (version) => {
      it('none, one of somebody else, and one that fits', async () => {
        const own = await certificates();
        const port = await demanding(tool, own, version);
        const none = await failureOf(port, { caFile: own.caFile });
        expect(String(none)).toContain(`127.0.0.1:${port} wants a client certificate`);
        const foreign = await certificates();
        const refused = await failureOf(port, { caFile: own.caFile, ...(await shown(foreign)) });
        expect(String(refused)).toContain('refuses the client certificate');
        for (const failure of [none, refused]) {
          expect(failure).toMatchObject({
            kind: 'unreachable',
            exit: 3,
            hint: expect.stringContaining('--cert-file'),
          });
        }
        // Both CAs have the same name.
        expect(refused).toMatchObject({ reason: expect.stringContaining('decrypt_error (51)') });
        expect(await failureOf(port, { caFile: own.caFile, ...(await shown(own)) })).toBeNull();
      });

      it('one that nobody signed', async () => {
        const own = await certificates();
        const port = await demanding(tool, own, version);
        const alone = await generate([{ name: 'commonName', value: 'me' }], { keyType: 'ec' });
        const files = {
          caFile: own.caFile,
          certFile: await own.file('alone.pem', `${alone.cert}\n${alone.private}`),
        };
        expect(await failureOf(port, files)).toMatchObject({
          kind: 'unreachable',
          message: expect.stringContaining('refuses the client certificate'),
          reason: expect.stringContaining('unknown_ca (48)'),
        });
      });

      it('one that has expired', async () => {
        const own = await certificates();
        const port = await demanding(tool, own, version);
        const old = await shown(own, new Date('2020-01-01'), new Date('2020-02-01'));
        expect(await failureOf(port, { caFile: own.caFile, ...old })).toMatchObject({
          kind: 'unreachable',
          message: expect.stringContaining('refuses the client certificate'),
          reason: expect.stringContaining('certificate_expired (45)'),
        });
      });
    });
  },
);

async function shown(
  { issue, file }: Certificates,
  ...validity: readonly Date[]
): Promise<Partial<TlsFiles>> {
  const { cert, key } = await issue(['me'], ...validity);
  return { certFile: await file('me.pem', cert), certKeyFile: await file('me.key', key) };
}

/** OpenSSL's own web server on a free port. */
async function demanding(tool: string, own: Certificates, version: string): Promise<number> {
  const { cert, key } = await own.issue(['127.0.0.1']);
  const files = [await own.file('server.pem', cert), await own.file('server.key', key)] as const;
  const child = spawn(
    tool,
    [
      ...['s_server', '-accept', '127.0.0.1:0', '-cert', files[0], '-key', files[1], version],
      ...['-CAfile', own.caFile, '-Verify', '2', '-verify_return_error', '-www'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) {
      child.stdout.resume();
      return Number(port);
    }
  }
  throw new Error('openssl s_server ended');
}

async function failureOf(port: number, tls: Partial<TlsFiles>): Promise<unknown> {
  const transport = openSession({
    address: parseAddress(`https://127.0.0.1:${port}`),
    tls: { ...NO_TLS_FILES, ...tls },
  }).under(new AbortController().signal);
  try {
    await transport.send({ method: 'GET', path: '/', timeout: 20_000, limit: 100_000 });
    return null;
  } catch (thrown) {
    return thrown;
  } finally {
    await transport.close();
  }
}
