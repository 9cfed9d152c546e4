import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WINDOW } from '../../../../../src/model/secrets/secret-content.ts';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { fakePem, repeated } from '../../../../fixtures/fake-secrets.ts';

const found = (content: string | Uint8Array) =>
  secretIn(typeof content === 'string' ? Buffer.from(content) : content);
const mixed = (length: number) => repeated('aB3/x9Q+', length);
const hex = (length: number) => repeated('9f03ab7c', length);
const KEY = fakePem('PRIVATE KEY');
const ONE_LINE = KEY.trim().replaceAll('\n', '\\n');
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ED = generateKeyPairSync('ed25519');
const jwk = ED.privateKey.export({ format: 'jwk' });
const yaml = (members: object) =>
  Object.entries(members)
    .map(([key, value]) => `  ${key}: ${value}\n`)
    .join('');

function xmlOf(name: string, members: Record<string, unknown>): string {
  const inner = Object.entries(members).map(([key, value]) => `<${key}>${value}</${key}>`);
  return `<${name}>${inner.join('')}</${name}>`;
}
const { n, e, d, p, q, dp, dq, qi } = RSA.privateKey.export({ format: 'jwk' });
const NET = { Modulus: n, Exponent: e, P: p, Q: q, DP: dp, DQ: dq, InverseQ: qi, D: d };
const plain = (value: unknown) => String(value).replace(/-/g, '+').replace(/_/g, '/');
const NET_XML = xmlOf(
  'RSAKeyValue',
  Object.fromEntries(Object.entries(NET).map(([key, value]) => [key, `${plain(value)}==`])),
);
const OPENVPN = `-----BEGIN OpenVPN Static key V1-----\n${`${hex(32)}\n`.repeat(16)}-----END OpenVPN Static key V1-----\n`;
const ETHEREUM = JSON.stringify({
  version: 3,
  address: hex(40),
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: hex(32) },
    ciphertext: hex(64),
    kdf: 'scrypt',
    kdfparams: { dklen: 32, n: 262144, p: 1, r: 8, salt: hex(64) },
    mac: hex(64),
  },
});
/** Every letter, digit and sign of a text in an escape. */
const escaped = (text: string, form: (code: string) => string) =>
  Array.from(text, (one) => form(one.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

describe('a private key of one of many formats', () => {
  it.each([
    ['XML of .NET', NET_XML],
    ['XML of .NET with line ends', NET_XML.replaceAll('><', '>\n  <')],
    ['XML of .NET in a text of XML', NET_XML.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['XML of .NET in JSON', JSON.stringify({ k: NET_XML })],
    [
      'XML of .NET in JSON of .NET',
      `"${NET_XML.replaceAll('<', '\\u003C').replaceAll('>', '\\u003E')}"`,
    ],
    [
      'XML of .NET, D alone',
      xmlOf('RSAKeyValue', { Modulus: mixed(40), Exponent: 'AQAB', D: mixed(40) }),
    ],
    [
      'XML of DSA',
      xmlOf('DSAKeyValue', { P: mixed(172), Q: mixed(28), Y: mixed(172), X: mixed(28) }),
    ],
    ['JSON of .NET', JSON.stringify({ Parameters: { D: plain(d), InverseQ: plain(qi) } })],
    ['OpenVPN', OPENVPN],
    ['OpenVPN in a profile', `client\n<tls-auth>\n#\n${OPENVPN}</tls-auth>\n`],
    ['OpenVPN in JSON', JSON.stringify({ k: OPENVPN })],
    ['OpenVPN, tls-crypt-v2', `-----BEGIN OpenVPN tls-crypt-v2 client key-----\n${mixed(64)}\n`],
    ['minisign', `untrusted comment: minisign encrypted secret key\nRWRTY0Iy${mixed(204)}\n`],
    ['minisign with another comment', `untrusted comment: mine\nRWRTY0Iy${mixed(204)}\n`],
    ['signify', `untrusted comment: signify secret key\nRWRCS${mixed(135)}\n`],
    ['signify in JSON', JSON.stringify({ k: `untrusted comment: my secret key\n${mixed(140)}\n` })],
    ['age after quantum computers', `AGE-SECRET-KEY-PQ-1${repeated('QPZRY9X8GF2', 58)}\n`],
    ['WireGuard in TOML', `private_key = "${mixed(43)}="\n`],
    ['WireGuard in YAML', `privateKey: ${mixed(43)}=\n`],
    ['WireGuard in JSON', `{"PrivateKey":"${mixed(43)}="}`],
    ['WireGuard, shared', `PresharedKey = ${mixed(43)}=\n`],
    ['Ethereum', `PRIVATE_KEY=0x${hex(64)}\n`],
    ['Ethereum, sealed', ETHEREUM],
    ['Ethereum, sealed, with spaces', JSON.stringify(JSON.parse(ETHEREUM), null, 2)],
    ['Ethereum, sealed, in JSON', JSON.stringify(ETHEREUM)],
    ['a JSON Web Key', JSON.stringify(jwk)],
    ['a JSON Web Key of RSA', JSON.stringify({ keys: [RSA.privateKey.export({ format: 'jwk' })] })],
    [
      'a JSON Web Key in YAML',
      `key:\n${yaml({ kty: 'OKP', x: jwk.x, d: `A1b${jwk.d?.slice(3)}` })}`,
    ],
    ['a JSON Web Key in YAML, d first', yaml({ d: `A1b${jwk.d?.slice(3)}`, kty: 'OKP' })],
  ])('%s', (_name, text) => {
    expect(found(text)).toMatchObject({ isPrivateKey: true, line: expect.any(Number) });
  });

  it.each([
    ['dashes of JSON', `{"k":"${ONE_LINE.replaceAll('-', '\\u002d')}"}`],
    ['dashes of JSON in JSON', JSON.stringify(`{"k":"${ONE_LINE.replaceAll('-', '\\u002D')}"}`)],
    ['dashes of Python', `K = "${ONE_LINE.replaceAll('-', '\\x2d')}"`],
    ['dashes of JavaScript', `K = "${ONE_LINE.replaceAll('-', '\\u{2d}')}"`],
    ['dashes of C', `K = "${ONE_LINE.replaceAll('-', '\\055')}"`],
    ['dashes of HTML', `<p>${KEY.replaceAll('-', '&#45;')}</p>`],
    ['dashes of a URL', `?k=${KEY.replaceAll('-', '%2D').replaceAll('\n', '%0A')}`],
    ['one dash', KEY.replace('-----BEGIN', '----\\u002dBEGIN')],
    ['one letter', KEY.replace('BEGIN', '\\u0042EGIN')],
    ['spaces', KEY.replaceAll(' ', '\\u0020')],
    ['all', `"${escaped(KEY.trim(), (code) => `\\u00${code}`)}"`],
    ['all, hexadecimal', `"${escaped(KEY.trim(), (code) => `\\x${code}`)}"`],
  ])('in escapes: %s', (_name, text) => {
    expect(found(text)?.isPrivateKey).toBe(true);
    expect(found(Buffer.from(`\ufeff${text}`, 'utf16le'))?.isPrivateKey).toBe(true);
    expect(found(`T = "ghp_${repeated('aB3', 36)}"\n${text}`)?.isPrivateKey).toBe(true);
  });

  it('in escapes has the line that it has', () => {
    const text = `a\n${'x = "\\u0041"\n'.repeat(100)}${KEY.replaceAll('-', '\\u002d')}`;
    expect(found(text)?.line).toBe(102);
    const far = `${'x = "\\u0041"\n'.repeat((2 * WINDOW) / 13)}${KEY.replaceAll('-', '\\u002d')}`;
    expect(found(far)?.line).toBe(far.split('\n').length - 5);
  });

  it.each([
    ['a public key in XML', xmlOf('RSAKeyValue', { Modulus: mixed(344), Exponent: 'AQAB' })],
    [
      'a program that reads XML',
      'x.Element("RSAKeyValue").Element("D"); // <RSAKeyValue> <D>base64</D>',
    ],
    ['a name', 'parameters.InverseQ = Convert(x); "InverseQ": null'],
    [
      'a program that reads OpenVPN',
      'if line == "-----BEGIN OpenVPN Static key V1-----":\n  pass\n',
    ],
    ['a public key of minisign', `untrusted comment: minisign public key ABC\nRWQ${mixed(53)}\n`],
    [
      'a signature of minisign',
      `untrusted comment: signature from minisign secret key\nRWQ${'f'.repeat(97)}\n`,
    ],
    ['a program of minisign', 'fputs("untrusted comment: minisign encrypted secret key\\n", f);'],
    [
      'names of keys',
      'private_key: str\nPRIVATE_KEY=\nprivateKey: <your key>\nPrivateKey = none\n',
    ],
    ['a public key of WireGuard', `PublicKey = ${mixed(43)}=\n`],
    ['a key of nothing', `private_key = "${'0'.repeat(64)}"`],
    ['a path and an id', `private_key_path: /k.pem\nprivate_key_id: ${hex(40)}`],
    ['another ciphertext', `{"ciphertext": "${hex(64)}", "iv": "${hex(32)}"}`],
    ['a public JWK', JSON.stringify(ED.publicKey.export({ format: 'jwk' }))],
    ['a public JWK in YAML', yaml(ED.publicKey.export({ format: 'jwk' }))],
    ['a program with a JWK', '{ kty: "EC", d: thisIsALongNameOfAFunctionThatMakesOneKey(x) }'],
    ['a public key in escapes', fakePem('PUBLIC KEY').replaceAll('-', '\\u002d')],
    ['words in escapes', '"\\u002d\\u002d\\u002d\\u002d\\u002dBEGIN PRIVATE KEY-----"'],
  ])('is not %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });
});

/** A key store as Java writes it: certificates (2) and keys (1). */
function jks(magic: number, types: readonly number[], version = 2): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(magic, 0);
  head.writeUInt32BE(version, 4);
  head.writeUInt32BE(types.length, 8);
  const entries = types.flatMap((type) => {
    const body = Buffer.alloc(700, 7);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const kind = type === 2 && version === 2 ? [Buffer.from('\0\x05X.509')] : [];
    return [
      Buffer.of(0, 0, 0, type),
      Buffer.from('\0\x02ca'),
      Buffer.alloc(8),
      ...kind,
      length,
      body,
    ];
  });
  return Buffer.concat([head, ...entries, Buffer.alloc(20, 9)]);
}

describe('a key store of Java under any name', () => {
  const bks = Buffer.alloc(400, 5);
  Buffer.from([0, 0, 0, 2, 0, 0, 0, 20]).copy(bks);
  bks.writeUInt32BE(1500, 28);
  bks[32] = 4;

  it.each([
    ['JKS', jks(0xfeedfeed, [1])],
    ['JKS, a certificate first', jks(0xfeedfeed, [2, 2, 1])],
    ['JKS of old', jks(0xfeedfeed, [2, 1], 1)],
    ['JCEKS', jks(0xcececece, [3])],
    ['BKS', bks],
    ['truncated', jks(0xfeedfeed, [2, 2]).subarray(0, 300)],
  ])('%s', (_name, bytes) => {
    expect(found(bytes)).toMatchObject({ what: 'a key store of Java', isPrivateKey: true });
  });

  it.each([
    ['certificates alone', jks(0xfeedfeed, [2, 2, 2])],
    ['certificates alone, of old', jks(0xfeedfeed, [2, 2], 1)],
    ['a class of Java', Buffer.from('cafebabe0000003700000000000000000000', 'hex')],
    ['a program of macOS', Buffer.from('feedface0000000700000003000000020000', 'hex')],
    ['another version', jks(0xfeedfeed, [1], 7)],
    ['numbers', Buffer.from('0000000200000014'.padEnd(200, 'f'), 'hex')],
  ])('is not %s', (_name, bytes) => {
    expect(found(bytes)).toBeNull();
  });
});

it('a text of nothing but beginnings of keys is read a few times at most', {
  timeout: 180_000,
}, () => {
  const beginnings = [
    ...['RSAKeyValue>', '<RSAKeyValue><D>', 'InverseQ">', 'BEGIN OpenVPN ', 'untrusted comment:'],
    ...['untrusted comment: secret key\\n', 'RWRCS', 'RWRTY0Iy', 'PrivateKey = ', 'kty: d: '],
    ...[
      `"ciphertext":"${hex(64)}"`,
      '"ciphertext":"',
      '\\u002d',
      '\\\\\\\\\\\\',
      '\\u00',
      '%2D',
      '&#45;',
    ],
    ...[
      '&#0',
      '\\u{0',
      '-----BEGIN\\u0020PRIVATE KEY-----',
      '\\u002d\\u002d\\u002d\\u002d\\u002dBEGIN ',
    ],
  ];
  for (const beginning of beginnings) {
    const text = beginning.repeat(1024 ** 2 / beginning.length);
    expect(found(text)?.isPrivateKey ?? false, beginning).toBe(false);
  }
});
