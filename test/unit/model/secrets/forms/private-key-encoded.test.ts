import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { repeated } from '../../../../fixtures/fake-secrets.ts';

const ED = generateKeyPairSync('ed25519');
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject): string =>
  String(key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }));
const PRIVATE = [ED, EC, RSA].map(({ privateKey }) => privateKey);
const PUBLIC = [ED, EC, RSA].map(({ publicKey }) => publicKey);

const der = (key: KeyObject): Buffer =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'der' });
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const hex = (text: string | Buffer): string => Buffer.from(text).toString('hex');
const bytes = (text: string, one: (byte: number) => string, between: string): string =>
  Array.from(Buffer.from(text), one).join(between);
const c = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;
const inRows = (text: string, length: number): string =>
  text.replace(new RegExp(`.{${length}}`, 'g'), '$&\n');
const wide = (text: string, mark = '\ufeff'): Buffer => Buffer.from(mark + text, 'utf16le');

const WAYS: readonly [string, (key: KeyObject) => string][] = [
  ['base64 of base64', (key) => base64(base64(pem(key)))],
  ['base64 of base64 in rows', (key) => inRows(base64(base64(pem(key))), 76)],
  ['base64 of a Secret that begins at 1', (key) => base64(`k:${base64(pem(key))}`)],
  ['base64 of a Secret that begins at 2', (key) => base64(`ke:${base64(`#${pem(key)}`)}`)],
  ['base64 of a Secret that begins at 3', (key) => base64(`key:${base64(`##${pem(key)}`)}`)],
  ['base64 of UTF-16', (key) => base64(wide(pem(key)))],
  ['base64 of UTF-16 without a mark', (key) => base64(wide(pem(key), ''))],
  ['base64 of UTF-16 behind a letter', (key) => base64(wide(pem(key), '#'))],
  ['base64 of UTF-16 of the other order', (key) => base64(wide(pem(key)).swap16())],
  ['hex', (key) => hex(pem(key))],
  ['hex in capital letters', (key) => hex(pem(key)).toUpperCase()],
  ['hex in rows', (key) => inRows(hex(pem(key)), 60)],
  ['hex of DER', (key) => `KEY = "${hex(der(key))}"\n`],
  ['hex of DER in capital letters', (key) => hex(der(key)).toUpperCase()],
  ['hex of DER in rows', (key) => inRows(hex(der(key)), 60)],
  ['bytes of C', (key) => `char k[] = {${bytes(pem(key), c, ',')}};`],
  ['bytes of xxd -i', (key) => `{\n${inRows(bytes(pem(key), c, ', '), 72)}};`],
  ['bytes of JSON', (key) => JSON.stringify(Buffer.from(pem(key)))],
  ['bytes of Python', (key) => `K = bytes([${bytes(pem(key), String, ', ')}])`],
];

describe('a key that is encoded once more', () => {
  it.each(WAYS)('in %s', (_name, encoded) => {
    for (const key of PRIVATE) {
      expect(secretIn(Buffer.from(encoded(key)))).toMatchObject({ isPrivateKey: true });
      expect(secretIn(Buffer.from(`a: ${encoded(key)}\nb: c\n`))).toMatchObject({
        isPrivateKey: true,
      });
    }
  });

  it.each(WAYS)('not a public one in %s', (_name, encoded) => {
    for (const key of PUBLIC) expect(secretIn(Buffer.from(encoded(key)))).toBeNull();
  });

  it('DER of the other formats in hex', () => {
    const sealed = { cipher: 'aes-256-cbc', passphrase: 'x', format: 'der' } as const;
    for (const bytes of [
      EC.privateKey.export({ type: 'sec1', format: 'der' }),
      RSA.privateKey.export({ type: 'pkcs1', format: 'der' }),
      RSA.privateKey.export({ type: 'pkcs8', ...sealed }),
    ]) {
      expect(secretIn(Buffer.from(hex(bytes)))).toMatchObject({ isPrivateKey: true });
      expect(secretIn(Buffer.from(hex(bytes).slice(0, -40)))).toBeNull();
    }
  });

  const HEADER = '-----BEGIN PRIVATE KEY-----';
  it.each([
    ['headers in hex', `if b.hex().startswith("${hex(HEADER)}"):\n  return 1\n`],
    ['headers in bytes', `static char h[] = {${bytes(HEADER, c, ', ')}, 0x00};`],
    ['headers in base64 of base64', `HEAD = "${base64(base64(HEADER))}"`],
    ['headers in base64 of UTF-16', `HEAD = "${base64(wide(HEADER))}"`],
    ['numbers', `[45, 45, 45, 45, 45, 66, ${'45, 45, 45, 45, 45, 66, '.repeat(50)}]`],
    ['hex of digits', `30820201003002010030${'020100300201'.repeat(500)}`],
  ])('nothing in %s', (_name, text) => {
    expect(secretIn(Buffer.from(text))).toBeNull();
  });
});

describe('a seed of NATS', () => {
  const seed = `SU${repeated('AOQ7GMFWR5', 56)}`;
  const file = `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`;
  it.each([
    ['a credentials file', file],
    ['JSON', JSON.stringify({ creds: file })],
    ['CRLF', file.replaceAll('\n', '\r\n')],
  ])('in %s', (_name, text) => {
    expect(secretIn(Buffer.from(text))).toMatchObject({
      what: 'a private key of NATS',
      isPrivateKey: true,
    });
  });

  it.each([
    ['a program', 'if "-----BEGIN USER NKEY SEED-----" in text:\n  SUCCESS = True\n'],
    ['a JWT alone', '-----BEGIN NATS USER JWT-----\nabc\n------END NATS USER JWT------\n'],
    ['a public key', `-----BEGIN USER NKEY SEED-----\nUA${repeated('AOQ7GMFWR5', 54)}\n`],
  ])('not in %s', (_name, text) => {
    expect(secretIn(Buffer.from(text))).toBeNull();
  });
});
