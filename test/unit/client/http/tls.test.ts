import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../../../src/client/http/address.ts';
import { networkFailure } from '../../../../src/client/http/network-failure.ts';
import { NO_TLS_FILES, type TlsFiles } from '../../../../src/client/http/tls.ts';
import { TLS_ROWS } from '../../../../src/client/http/tls-failure.ts';
import { type HostAnswer, openSession } from '../../../../src/client/transport.ts';
import { type Certificate, certificates } from '../certificates.ts';

async function server(own: Certificate, more: https.ServerOptions = {}): Promise<number> {
  const listening = https.createServer({ ...own, ...more }, (_request, response) => {
    response.end('hello');
  });
  listening.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  // A listening TCP server has a port.
  return (listening.address() as AddressInfo).port;
}

async function ask(port: number, tls: Partial<TlsFiles> = {}): Promise<HostAnswer> {
  const transport = openSession({
    address: parseAddress(`https://127.0.0.1:${port}`),
    tls: { ...NO_TLS_FILES, ...tls },
  }).under(new AbortController().signal);
  try {
    return await transport.send({ method: 'GET', path: '/', timeout: 10_000, limit: 1024 });
  } finally {
    await transport.close();
  }
}

const failureOf = (answer: Promise<unknown>) => answer.catch((thrown: unknown) => thrown);

describe('HTTPS', () => {
  it('trusts the CA that is named, and nobody unknown', async () => {
    const { caFile, issue } = await certificates();
    const port = await server(await issue(['127.0.0.1']));
    expect(await ask(port, { caFile })).toMatchObject({ status: 200, text: 'hello' });
    const failure = await failureOf(ask(port));
    expect(failure).toMatchObject({ kind: 'unreachable', exit: 3 });
    expect(failure).toMatchObject({ hint: expect.stringContaining('--ca-file ca.pem') });
  });

  it('trusts no certificate that is signed by itself, nor one behind such an authority', async () => {
    const { ca, issue } = await certificates();
    const behind = await issue(['127.0.0.1']);
    const chain = { cert: `${behind.cert}\n${ca.cert}`, key: behind.key };
    const alone = await generate([{ name: 'commonName', value: '127.0.0.1' }], { keyType: 'ec' });
    for (const shown of [{ cert: alone.cert, key: alone.private }, chain]) {
      expect(await failureOf(ask(await server(shown)))).toMatchObject({
        kind: 'unreachable',
        message: expect.stringContaining('is not signed by a trusted CA'),
        hint: expect.stringContaining('--ca-file ca.pem'),
      });
    }
  });

  it('a certificate that is not made for servers is told with the words of OpenSSL', async () => {
    const { ca } = await certificates();
    expect(await failureOf(ask(await server(ca)))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('cannot be accepted'),
      reason: expect.stringContaining('OpenSSL says: '),
    });
  });

  it.each(TLS_ROWS.flatMap(({ codes }) => codes))('%s is known for what it is', (code) => {
    const thrown = Object.assign(new Error('words'), { code });
    expect(networkFailure(thrown, parseAddress('https://edge1'))).toMatchObject({
      kind: TLS_ROWS.find(({ codes }) => codes.includes(code))?.kind,
    });
  });

  it("trusts the system's bundle, and does without one that is not there", async () => {
    const { caFile, issue, folder } = await certificates();
    const port = await server(await issue(['127.0.0.1']));
    const systemFiles = [`${folder}/no-such-bundle.crt`, caFile];
    expect(await ask(port, { systemFiles })).toMatchObject({ status: 200 });
  });

  it('a CA that is named takes the place of the system', async () => {
    const [named, system] = [await certificates(), await certificates()];
    const port = await server(await system.issue(['127.0.0.1']));
    const files = { caFile: named.caFile, systemFiles: [system.caFile] };
    expect(await failureOf(ask(port, files))).toMatchObject({ kind: 'unreachable' });
  });

  it('another name, and a certificate that has run out', async () => {
    const { caFile, issue } = await certificates();
    const other = await failureOf(ask(await server(await issue(['edge2.test'])), { caFile }));
    expect(String(other)).toContain('was made for another name');
    expect(other).toMatchObject({ reason: expect.stringContaining('edge2.test') });
    const old = await issue(['127.0.0.1'], new Date('2020-01-01'), new Date('2020-02-01'));
    const expired = await failureOf(ask(await server(old), { caFile }));
    expect(String(expired)).toContain('is not valid today');
  });

  it('shows the client certificate to hosts that want one', async () => {
    const { ca, caFile, issue, file } = await certificates();
    const wants = { ca: ca.cert, requestCert: true, rejectUnauthorized: true };
    const port = await server(await issue(['127.0.0.1']), wants);
    const mine = await issue(['me']);
    const certFile = await file('me.pem', mine.cert);
    const certKeyFile = await file('me.key', mine.key);
    expect(await ask(port, { caFile, certFile, certKeyFile })).toMatchObject({ status: 200 });
    const both = await file('both.pem', `${mine.cert}\n${mine.key}`);
    expect(await ask(port, { caFile, certFile: both })).toMatchObject({ status: 200 });
    expect(await failureOf(ask(port, { caFile }))).toMatchObject({ exit: 3 });
  });

  it('a host that hangs up in the middle of the handshake got nothing, and it is no bug of ours', async () => {
    const { ca, caFile, issue } = await certificates();
    const wants: https.ServerOptions = {
      ca: ca.cert,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    };
    const port = await server(await issue(['127.0.0.1']), wants);
    const foreign = await certificates();
    const { cert, key } = await foreign.issue(['me']);
    const certFile = await foreign.file('me.pem', `${cert}\n${key}`);
    expect(await failureOf(ask(port, { caFile, certFile }))).toMatchObject({
      kind: 'unreachable',
      message: `https://127.0.0.1:${port} broke off the TLS handshake`,
      hint: expect.stringContaining('--cert-file'),
    });
  });

  it.each<
    [
      string,
      (file: (name: string, text: string) => Promise<string>) => Promise<Partial<TlsFiles>>,
      RegExp,
    ]
  >([
    ['a CA file that is not there', async () => ({ caFile: '/no/such/ca.pem' }), /cannot be read/],
    [
      'a CA file without certificate',
      async (file) => ({ caFile: await file('x', 'hi') }),
      /for TLS/,
    ],
    [
      'a damaged CA',
      async (file) => ({
        caFile: await file('x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      }),
      /for TLS/,
    ],
    ['no certificate', async (file) => ({ certFile: await file('x', 'geheim') }), /for TLS/],
  ])('%s is told before anything is sent', async (_name, files, message) => {
    const { file } = await certificates();
    const failure = await failureOf(ask(9, await files(file)));
    expect(failure).toMatchObject({ exit: 2 });
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain('geheim');
  });

  it('a key that does not fit the certificate', async () => {
    const { issue, file } = await certificates();
    const [one, two] = [await issue(['a']), await issue(['b'])];
    const files = {
      certFile: await file('one.pem', one.cert),
      certKeyFile: await file('two.key', two.key),
    };
    const failure = await failureOf(ask(9, files));
    expect(failure).toMatchObject({ exit: 2, code: 'tls-file-unusable' });
    expect(String(failure)).toContain('two.key');
  });
});
