import { generateKeyPairSync } from 'node:crypto';
import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { authorizer } from '../../../../src/client/auth/authorizer.ts';
import {
  AUDIENCE,
  type Credentials,
  issuerOf,
  Secret,
} from '../../../../src/client/auth/credentials.ts';
import { fakeMgmt } from './fake-mgmt.ts';
import { pkcs8, rsaPair, scratch, secretFile } from './keys.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const pair = rsaPair();

interface World {
  now: number;
  readonly lines: string[];
  readonly token: (ahead?: number) => Promise<string>;
}

function worldOf(credentials: Credentials): World {
  const lines: string[] = [];
  const world = { now: NOW, lines };
  const authorize = authorizer(credentials, { now: () => world.now, warn: (x) => lines.push(x) });
  if (authorize === null) throw new Error('no credentials');
  return Object.assign(world, { token: (ahead = 0) => authorize(ahead) });
}

const keyFile = (file: string): Credentials => ({
  kind: 'key-file',
  file,
  issuer: issuerOf(file),
  audience: AUDIENCE,
});

describe('tokens signed with a private key', () => {
  it.each([
    ['PKCS#8', 'pkcs8'],
    ['PKCS#1', 'pkcs1'],
  ] as const)('are what eKuiper accepts: %s', async (_name, type) => {
    const pem = pair.privateKey.export({ type, format: 'pem' }).toString();
    const file = await secretFile(await scratch(), 'edge1.pem', pem);
    const world = worldOf(keyFile(file));
    world.now = Date.now();
    const token = await world.token();
    expect(await fakeMgmt(token, new Map([['Edge1.PUB', pair.publicKey]]))).toBeNull();
    expect(await fakeMgmt(token, new Map([['other.pub', pair.publicKey]]))).toContain(
      'not found target key file edge1.pub',
    );
    expect(await fakeMgmt(token, new Map([['edge1.pub', rsaPair().publicKey]]))).toContain(
      'signature is invalid',
    );
  });

  it('say RS256, issuer, audience as a text and exp, and no nbf', async () => {
    const file = await secretFile(await scratch(), 'edge1.pem', pkcs8(pair));
    const token = await worldOf(keyFile(file)).token();
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(decodeJwt(token)).toEqual({
      iss: 'edge1.pub',
      aud: 'eKuiper',
      exp: NOW / 1000 + 300,
    });
  });

  it('are used again until two minutes before they run out', async () => {
    const file = await secretFile(await scratch(), 'edge1.pem', pkcs8(pair));
    const world = worldOf(keyFile(file));
    const first = await world.token();
    world.now += 180_000;
    expect(await world.token()).toBe(first);
    world.now += 1;
    expect(decodeJwt(await world.token()).exp).toBe(Math.floor(world.now / 1000) + 300);
  });

  it("run out by the host's clock where it is ahead of ours, and by ours where it is behind", async () => {
    const file = await secretFile(await scratch(), 'edge1.pem', pkcs8(pair));
    const hour = 3_600_000;
    const { token } = worldOf(keyFile(file));
    expect(decodeJwt(await token(-hour)).exp).toBe(NOW / 1000 + 300);
    expect(decodeJwt(await token(hour)).exp).toBe((NOW + hour) / 1000 + 300);
  });

  it.each([
    ['edge1.pem', 'edge1.pub'],
    ['/a/b/edge1', 'edge1.pub'],
    ['C:\\keys\\edge1.key', 'edge1.pub'],
    ['edge.1.pem', 'edge.1.pub'],
  ])('a key in %s is that of %s', (file, issuer) => {
    expect(issuerOf(file)).toBe(issuer);
  });
});

describe('key files that are none', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  it.each<[string, string, RegExp]>([
    ['EC', pkcs8(ec), /kind ec/],
    [
      'a public key',
      pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      /public key/,
    ],
    ['1024 bits', pkcs8(rsaPair(1024)), /1024 bits/],
    ['a passphrase', pair.privateKey.export(locked).toString(), /passphrase/],
    ['text', 'geheim-4711', /no private key in PEM form/],
    ['nothing', '', /no private key in PEM form/],
    ['half a key', pkcs8(pair).slice(0, 400), /no private key in PEM form/],
  ])('%s', async (_name, text, message) => {
    const file = await secretFile(await scratch(), 'edge1.pem', text);
    const failure = await worldOf(keyFile(file))
      .token()
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ exit: 2, code: 'key-unusable' });
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain('geheim');
  });

  it('are told when missing, and when others may read them', async () => {
    const folder = await scratch();
    const missing = worldOf(keyFile(path.join(folder, 'no.pem')));
    await expect(missing.token()).rejects.toMatchObject({
      exit: 2,
      reason: 'there is no such file',
    });
    const file = await secretFile(folder, 'edge1.pem', pkcs8(pair));
    await chmod(file, 0o644);
    const world = worldOf(keyFile(file));
    await world.token();
    expect(world.lines).toEqual([
      `warning: others on this machine may read the key file ${file}: chmod 600 ${file}`,
    ]);
  });
});

/** A JWT without a signature: only its claims matter here. */
function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

describe('tokens from a file', () => {
  it('are trimmed, keep "Bearer" for a gateway, and are read again when the file changes', async () => {
    const file = await secretFile(await scratch(), 'edge1.jwt', '\ufeff  Bearer one.two.three\r\n');
    const world = worldOf({ kind: 'token-file', file });
    expect(await world.token()).toBe('Bearer one.two.three');
    expect(await world.token()).toBe('Bearer one.two.three');
    expect(world.lines).toEqual([]);
    await writeFile(file, 'four.five.sixes\n');
    expect(await world.token()).toBe('four.five.sixes');
    await rm(file);
    await expect(world.token()).rejects.toMatchObject({ exit: 2, code: 'secret-unreadable' });
  });

  it('that have run out are not sent', async () => {
    const file = await secretFile(await scratch(), 'x', jwt({ exp: NOW / 1000 - 3600 }));
    const failure = await worldOf({ kind: 'token-file', file })
      .token()
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'token-expired', exit: 2 });
    expect(String(failure)).toContain('60 min ago');
  });

  it.each([
    ['still good', jwt({ exp: NOW / 1000 + 1 })],
    ['without exp', jwt({ iss: 'x' })],
    ['no JWT', 'opaque-token'],
    ['three parts that are none', 'a.b.c'],
  ])('%s: sent as it is', async (_name, text) => {
    const token = worldOf({ kind: 'token', token: new Secret(text) }).token();
    expect(await token).toBe(text);
  });

  it.each([
    ['nothing', '  \n', /holds no token/],
    ['only Bearer', 'Bearer  ', /holds no token/],
    ['a key', pkcs8(pair), /holds a key/],
    ['two lines', 'one.two.three\nfour', /more than a token/],
    ['what no header takes', 'tökén', /more than a token/],
  ])('%s is refused without being repeated', async (_name, text, message) => {
    const failure = await worldOf({ kind: 'token', token: new Secret(text) })
      .token()
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ exit: 2, code: 'token-unusable' });
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain('one.two');
  });
});
