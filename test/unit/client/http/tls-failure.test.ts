import { createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../../../src/client/http/address.ts';
import { networkFailure } from '../../../../src/client/http/network-failure.ts';
import { NO_TLS_FILES, type TlsFiles } from '../../../../src/client/http/tls.ts';
import { openSession } from '../../../../src/client/transport.ts';
import { certificates } from '../certificates.ts';

/** Alert, what is reported, and whether the request can have been done. */
const ALERTS: readonly (readonly [number, string, 'unreachable' | 'dropped'])[] = [
  [10, 'ended the TLS connection', 'dropped'],
  [20, 'ended the TLS connection', 'dropped'],
  [40, 'wants a client certificate, or accepts no cipher', 'unreachable'],
  [42, 'refuses the client certificate', 'unreachable'],
  [43, 'refuses the client certificate', 'unreachable'],
  [44, 'refuses the client certificate', 'unreachable'],
  [45, 'refuses the client certificate', 'unreachable'],
  [46, 'refuses the client certificate', 'unreachable'],
  [48, 'refuses the client certificate', 'unreachable'],
  [49, 'refuses the client certificate', 'unreachable'],
  [51, 'refuses the client certificate', 'unreachable'],
  [70, 'accepts no TLS version of this machine', 'unreachable'],
  [71, 'accepts no cipher of this machine', 'unreachable'],
  [80, 'ended the TLS connection', 'dropped'],
  [112, 'has no certificate for this name', 'unreachable'],
  [116, 'wants a client certificate', 'unreachable'],
  [100, 'ended the TLS connection', 'dropped'],
];

describe('a host that ends the handshake with a TLS alert', () => {
  it.each(ALERTS)('%i: the host %s', async (alert, text, kind) => {
    const port = await listening(createServer((socket) => answerHello(socket, alertRecord(alert))));
    const failure = await failureOf(port);
    expect(failure).toMatchObject({
      kind,
      message: expect.stringContaining(`https://127.0.0.1:${port} ${text}`),
      reason: expect.stringMatching(new RegExp(`^it sent the TLS alert .*\\b${alert}\\b`)),
    });
    expect(JSON.stringify(failure)).not.toMatch(/SSL routines|EPROTO/);
  });

  it('a server that speaks TLS 1.0 and 1.1 only', async () => {
    const port = await tlsServer({
      ...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    });
    expect(await failureOf(port)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('accepts no TLS version of this machine'),
    });
  });

  it('a server that has no cipher in common with its own certificate', async () => {
    const port = await tlsServer({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' });
    expect(await failureOf(port)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('accepts no cipher of this machine'),
    });
  });
});

describe('a host without TLS, or with an old one', () => {
  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ])('%s on the port is not called TLS', async (_name, banner) => {
    const port = await listening(
      createServer((socket) => answerHello(socket, Buffer.from(banner))),
    );
    expect(await failureOf(port)).toMatchObject({
      kind: 'wrong-service',
      message: `https://127.0.0.1:${port} does not speak TLS`,
    });
  });

  it('a server that chooses TLS 1.0 whatever it was asked', async () => {
    const body = Buffer.concat([
      Buffer.from([3, 1]),
      Buffer.alloc(32),
      Buffer.from([0, 0, 0x2f, 0]),
    ]);
    const hello = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]);
    const record = Buffer.concat([Buffer.from([0x16, 3, 1, 0, hello.length]), hello]);
    const port = await listening(createServer((socket) => answerHello(socket, record)));
    expect(await failureOf(port)).toMatchObject({
      kind: 'unreachable',
      message: `https://127.0.0.1:${port} offers no TLS version that this machine accepts`,
    });
  });
});

// One Node has one OpenSSL: the words of the others are here as they came.
describe('the words of every OpenSSL', () => {
  it.each([
    ['3.0, reading', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'sslv3 alert handshake failure', ''],
    [
      '3.5, reading',
      'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
      'ssl/tls alert handshake failure',
      '',
    ],
    ['3.0, writing', 'EPROTO', 'sslv3 alert handshake failure', 'write EPROTO '],
    ['3.5, writing', 'EPROTO', 'ssl/tls alert handshake failure', 'write EPROTO '],
  ])('%s', (_name, code, reason, before) => {
    const words = `${before}C02C4E80667F0000:error:0A000410:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 40\n`;
    const thrown = Object.assign(new Error(words), { code });
    for (const error of [thrown, new Error('outer', { cause: thrown })]) {
      expect(networkFailure(error, parseAddress('https://edge1'))).toMatchObject({
        kind: 'unreachable',
        message: expect.stringContaining('wants a client certificate'),
        hint: expect.stringContaining('--cert-file'),
      });
    }
  });

  it('another reason is shown without the place in the source of OpenSSL', () => {
    const words =
      'write EPROTO 80AC:error:0A000086:SSL routines:tls_post_process_server_certificate:dh key too small:../deps/openssl/ssl/statem.c:1889:\n';
    const thrown = Object.assign(new Error(words), { code: 'EPROTO' });
    expect(networkFailure(thrown, parseAddress('https://edge1'))?.message).toBe(
      'no answer from https://edge1:443: dh key too small (ERR_SSL_DH_KEY_TOO_SMALL)',
    );
  });

  it('the number is not taken from words that are not of OpenSSL', () => {
    const thrown = Object.assign(new Error('SSL alert number 40'), { code: 'ECONNRESET' });
    expect(networkFailure(thrown, parseAddress('https://edge1'))).toMatchObject({
      kind: 'dropped',
    });
  });
});

/** In the clear, as every alert before the keys are agreed on: level fatal (RFC 8446 section 6). */
function alertRecord(alert: number): Buffer {
  return Buffer.from([0x15, 3, 3, 0, 2, 2, alert]);
}

function answerHello(socket: Socket, bytes: Buffer): void {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end(bytes));
}

async function tlsServer(options: tls.TlsOptions): Promise<number> {
  const { issue } = await certificates();
  const server = tls.createServer({ ...(await issue(['127.0.0.1'])), ...options });
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function failureOf(port: number, files: Partial<TlsFiles> = {}): Promise<unknown> {
  const transport = openSession({
    address: parseAddress(`https://127.0.0.1:${port}`),
    tls: { ...NO_TLS_FILES, ...files },
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
