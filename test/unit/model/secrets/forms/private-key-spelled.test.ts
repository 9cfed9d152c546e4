import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';

const ED = generateKeyPairSync('ed25519');
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SEALED = { cipher: 'aes-256-cbc', passphrase: 'x', format: 'der', type: 'pkcs8' } as const;

function der(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki'): Buffer {
  return Buffer.from(key.export({ type, format: 'der' } as { type: 'pkcs8'; format: 'der' }));
}

/** A string of SSH: its length in front. */
function ssh(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const POINT = der(ED.publicKey, 'spki').subarray(-32);
const SSH_PUBLIC = Buffer.concat([ssh('ssh-ed25519'), ssh(POINT)]);
const openSsh = (cipher: string, kdf: string, options: string): Buffer =>
  Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[ssh(cipher), ssh(kdf), ssh(options), Buffer.of(0, 0, 0, 1), ssh(SSH_PUBLIC)],
    ssh(Buffer.concat([SSH_PUBLIC, POINT, POINT, POINT])),
  ]);

const PRIVATE: readonly (readonly [string, Buffer])[] = [
  ['Ed25519', der(ED.privateKey, 'pkcs8')],
  ['EC', der(EC.privateKey, 'pkcs8')],
  ['EC in SEC 1', der(EC.privateKey, 'sec1')],
  ['RSA', der(RSA.privateKey, 'pkcs8')],
  ['RSA in PKCS#1', der(RSA.privateKey, 'pkcs1')],
  ['RSA, encrypted', RSA.privateKey.export(SEALED)],
  ['Ed25519, encrypted', ED.privateKey.export(SEALED)],
  ['OpenSSH', openSsh('none', 'none', '')],
  ['OpenSSH, encrypted', openSsh('aes256-ctr', 'bcrypt', 'sixteen bytes of')],
];
const PUBLIC: readonly (readonly [string, Buffer])[] = [
  ['Ed25519', der(ED.publicKey, 'spki')],
  ['EC', der(EC.publicKey, 'spki')],
  ['RSA', der(RSA.publicKey, 'spki')],
  ['RSA in PKCS#1', der(RSA.publicKey, 'pkcs1')],
  ['OpenSSH', SSH_PUBLIC],
  ['the mark of OpenSSH alone', Buffer.from(`openssh-key-v1\0${'\0'.repeat(90)}`)],
];

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const octal = (byte: number): string => byte.toString(8).padStart(3, '0');
const c = (byte: number): string => `0x${hex(byte)}`;
const signed = (byte: number): number => (byte > 127 ? byte - 256 : byte);
const listed = (bytes: Buffer, one: (byte: number) => string | number, between = ', '): string =>
  Array.from(bytes, one).join(between);
/** Rows of so many bytes, or of characters. */
function rows<T extends Buffer | string>(all: T, length: number, row: (part: T) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < all.length; at += length) parts.push(row(all.slice(at, at + length) as T));
  return parts.join('');
}

/** As Python prints bytes. */
function printed(bytes: Buffer): string {
  const letters = new Map([
    [9, '\\t'],
    [10, '\\n'],
    [13, '\\r'],
    [0x27, "\\'"],
    [0x5c, '\\\\'],
  ]);
  return Array.from(bytes, (byte) => {
    const isPlain = byte >= 0x20 && byte < 0x7f;
    return letters.get(byte) ?? (isPlain ? String.fromCharCode(byte) : `\\x${hex(byte)}`);
  }).join('');
}

const WAYS: readonly (readonly [string, (bytes: Buffer) => string])[] = [
  ['a list of Python', (key) => `bytes([${listed(key, String)}])`],
  ['a list of JSON, one below the other', (key) => JSON.stringify([...key], null, 4)],
  ['a Buffer in JSON', (key) => JSON.stringify(key)],
  ['a list of YAML', (key) => listed(key, (byte) => `  - ${byte}\n`, '')],
  ['a slice of Go', (key) => `[]byte{\n${rows(key, 16, (row) => `\t${listed(row, c)},\n`)}}`],
  ['digits without zeros', (key) => `{${listed(key, (byte) => `0x${byte.toString(16)}`)}}`],
  ['xxd -i', (key) => `{\n${rows(key, 12, (row) => `  ${listed(row, c)},\n`)}};`],
  ['capital letters', (key) => `{${listed(key, (byte) => `0X${hex(byte).toUpperCase()}`)}}`],
  ['Java', (key) => `{${listed(key, (byte) => (byte > 127 ? `(byte) ${c(byte)}` : c(byte)))}}`],
  ['what Java prints', (key) => `[${listed(key, signed)}]`],
  ['Rust', (key) => `[${listed(key, (byte) => `${byte}u8`)}]`],
  ['Kotlin', (key) => `byteArrayOf(${listed(key, (byte) => `${c(byte)}.toByte()`)})`],
  ['bytes as Python prints them', (key) => `b'${printed(key)}'`],
  ['bytes put together', (key) => `(${rows(key, 20, (row) => `b'${printed(row)}'\n `)})`],
  ['escapes', (key) => `"${listed(key, (byte) => `\\x${hex(byte)}`, '')}"`],
  [
    'escapes of C in rows',
    (key) => rows(key, 12, (row) => `  "${listed(row, (byte) => `\\x${hex(byte)}`, '')}"\n`),
  ],
  [
    'escapes of Go in rows',
    (key) => rows(key, 16, (row) => `  "${listed(row, (byte) => `\\x${hex(byte)}`, '')}" +\n`),
  ],
  ['octal escapes', (key) => `"${listed(key, (byte) => `\\${octal(byte)}`, '')}"`],
  ['hex in rows', (key) => rows(key, 32, (row) => `  ${row.toString('hex')}\n`)],
  ['hex in strings', (key) => rows(key, 30, (row) => `  "${row.toString('hex')}"\n`)],
  ['hex put together', (key) => rows(key, 30, (row) => `  '${row.toString('hex')}' +\n`)],
  ['hex in lines that go on', (key) => rows(key, 32, (row) => `${row.toString('hex')}\\\n`)],
  [
    'hex in a list of JSON',
    (key) => JSON.stringify(key.toString('hex').match(/.{1,64}/g), null, 2),
  ],
  ['hex in pairs', (key) => `bytes.fromhex("${listed(key, hex, ' ')}")`],
  ['hex with colons', (key) => rows(key, 15, (row) => `    ${listed(row, hex, ':')}:\n`)],
  ['base64', (key) => JSON.stringify({ key: key.toString('base64') })],
  ['base64 in rows', (key) => rows(key, 48, (row) => `  ${row.toString('base64')}\n`)],
  ['base64 in strings', (key) => rows(key, 48, (row) => `  "${row.toString('base64')}\\n" +\n`)],
  [
    'base64 in a list of YAML',
    (key) => rows(key, 48, (row) => `  - "${row.toString('base64')}"\n`),
  ],
  ['base64 in a comment', (key) => rows(key, 48, (row) => `# ${row.toString('base64')}\n`)],
  ['base64 in properties', (key) => rows(key, 48, (row) => `${row.toString('base64')}\\\n    `)],
];

/** A number of DER with a length of one or two bytes. */
function integer(content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.of(2, ...length), content]);
}

/** The numbers of PKCS#1 for 1024 bits, with this text in the private exponent at several places. */
function withBytes(text: string): Buffer {
  const prime = Buffer.alloc(64, 0x71);
  const exponent = Buffer.from(`${text}\x11\x12`.repeat(40), 'latin1').subarray(0, 128);
  const body = Buffer.concat(
    [
      Buffer.of(0),
      Buffer.alloc(128, 0x6e),
      Buffer.of(1, 0, 1),
      exponent,
      ...Array(5).fill(prime),
    ].map(integer),
  );
  return Buffer.concat([Buffer.of(0x30, 0x82, body.length >> 8, body.length & 255), body]);
}

describe('a private key in binary form, spelled as', () => {
  it.each(WAYS)('%s', (_name, spelled) => {
    for (const [name, key] of PRIVATE) {
      const text = spelled(key);
      expect(secretIn(Buffer.from(text)), name).toMatchObject({ isPrivateKey: true });
      const program = Buffer.from(`# 12\nA = [3, 4]\nK = ${text}\nB = [5, 6]\n`);
      expect(secretIn(program), name).toMatchObject({
        isPrivateKey: true,
        line: expect.any(Number),
      });
      expect(secretIn(Buffer.from(`\ufeff${text}`, 'utf16le')), name).toMatchObject({
        isPrivateKey: true,
      });
    }
  });

  it.each(WAYS)('not a public one: %s', (_name, spelled) => {
    for (const [name, key] of PUBLIC) expect(secretIn(Buffer.from(spelled(key))), name).toBeNull();
  });

  it.each([`' '`, `'.'`, '"."', '" "', '` `', `"+'`, `\\' '`, `'\n b'`])(
    'with %j among its bytes, which is where no string ends',
    (inside) => {
      const key = withBytes(inside);
      for (const spelled of [
        `b'${printed(key)}'`,
        `(${rows(key, 20, (row) => `b'${printed(row)}'\n `)})`,
        `(${rows(key, 23, (row) => `b'${printed(row)}'\n `)})`,
      ])
        expect(secretIn(Buffer.from(spelled)), spelled).toMatchObject({ isPrivateKey: true });
    },
  );

  it('in the line in which the list begins', () => {
    const text = `a = 1\n\nkey = bytes([\n${listed(der(ED.privateKey, 'pkcs8'), String)}])\n`;
    expect(secretIn(Buffer.from(text))?.line).toBe(4);
  });

  it('is not told of a key that is cut off', () => {
    const key = der(RSA.privateKey, 'pkcs8');
    for (const text of [
      `[${listed(key.subarray(0, -99), String)}]`,
      `"${listed(key.subarray(0, -99), (byte) => `\\x${hex(byte)}`, '')}"`,
      key.subarray(0, -99).toString('hex'),
    ])
      expect(secretIn(Buffer.from(text))).toBeNull();
  });

  it('is not what stands in front of a number, in a library that makes keys', () => {
    const front = der(ED.privateKey, 'pkcs8').subarray(0, 16);
    const rest = "'\n        b = utils.fill(16 + 32)\n        b[0:16] = pkcs8_prefix\n";
    for (const text of [
      `pkcs8_prefix = b'${printed(front)}${rest}`,
      `P = bytes([${listed(front, String)}])${rest}`,
      `P = "${listed(front, (byte) => `\\x${hex(byte)}`, '')}"${rest}`,
    ])
      expect(secretIn(Buffer.from(text)), text).toBeNull();
    const compiled = Buffer.concat([
      ...[
        Buffer.alloc(500),
        front,
        Buffer.from('\xe9\x30\0\0\0\xe9\x10\0\0\0\xfa\x06utils\xda\x0efill', 'latin1'),
      ],
      Buffer.from('\xda\x0cpkcs8_prefix\xda\x04data', 'latin1'),
    ]);
    expect(secretIn(compiled)).toBeNull();
  });
});

describe('a key that tools show', () => {
  const pem = (key: KeyObject): Buffer =>
    Buffer.from(key.export({ type: 'pkcs8', format: 'pem' }).toString());
  const hex = (bytes: Buffer): string[] => bytes.toString('hex').match(/../g) ?? [];
  const inRows = (items: readonly string[], count: number): string[][] =>
    Array.from({ length: Math.ceil(items.length / count) }, (_, row) =>
      items.slice(row * count, (row + 1) * count),
    );
  const registry = (bytes: Buffer): string =>
    `"key"=hex:${inRows(hex(bytes), 25)
      .map((row) => row.join(','))
      .join(',\\\r\n  ')}\r\n`;
  const dump = (bytes: Buffer, row: (own: string[]) => string): string =>
    inRows(hex(bytes), 16)
      .map((own, at) => `${(at * 16).toString(16).padStart(8, '0')}${row(own)}`)
      .join('\n');
  const xxd = (own: string[]): string =>
    `: ${inRows(own, 2)
      .map((two) => two.join(''))
      .join(' ')
      .padEnd(40)} |text here.`;
  const hexdump = (own: string[]): string =>
    `  ${own.slice(0, 8).join(' ')}  ${own.slice(8).join(' ')}  |text here|`;

  const KEYS: readonly (readonly [string, Buffer])[] = [ED, EC, RSA].flatMap(({ privateKey }) => [
    [`PEM of ${privateKey.asymmetricKeyType}`, pem(privateKey)] as const,
    [`DER of ${privateKey.asymmetricKeyType}`, der(privateKey, 'pkcs8')] as const,
  ]);

  it.each(KEYS)('%s', (_name, bytes) => {
    for (const text of [registry(bytes), dump(bytes, xxd), dump(bytes, hexdump)]) {
      expect(secretIn(Buffer.from(`x\n${text}\n`)), text.slice(0, 80)).toMatchObject({
        isPrivateKey: true,
        line: 2,
      });
    }
    const wide = Buffer.from(`\ufeff${registry(bytes)}`, 'utf16le');
    expect(secretIn(wide)).toMatchObject({ isPrivateKey: true });
  });

  it.each([['certificate'], ['text']])('not a %s', (name) => {
    const bytes =
      name === 'text' ? Buffer.from('plain text '.repeat(40)) : der(RSA.publicKey, 'spki');
    for (const text of [registry(bytes), dump(bytes, xxd), dump(bytes, hexdump)])
      expect(secretIn(Buffer.from(text))).toBeNull();
  });

  it.each([
    ['one after the other', (body: string) => `K = "-----BEGIN RSA" " PRIVATE KEY-----\\n${body}"`],
    ['put together', (body: string) => `K = "-----BEGIN " + "PRIVATE KEY-----\\n${body}"`],
    ['in lines', (body: string) => `K = ("-----BEGIN RSA"\n  " PRIVATE KEY-----\\n"\n  "${body}")`],
  ])('with its header in two strings, %s', (_name, source) => {
    const body = pem(RSA.privateKey).toString().split('\n').slice(1, -2).join('\\n');
    expect(secretIn(Buffer.from(source(body)))?.isPrivateKey).toBe(true);
    expect(secretIn(Buffer.from(source('')))).toBeNull();
  });
});
