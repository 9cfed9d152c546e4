import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { OVERLAP, WINDOW } from '../../../../src/model/secrets/secret-content.ts';
import {
  SecretSearch,
  searchStream,
  secretIn,
} from '../../../../src/model/secrets/secret-search.ts';
import { SECRET_TEXTS } from '../../../../src/model/secrets/secret-texts.ts';
import { fakePem, repeated } from '../../../fixtures/fake-secrets.ts';
import { describeLongSecrets } from '../../../mutation/described-long-secrets.ts';

const found = (content: string | Uint8Array) =>
  secretIn(typeof content === 'string' ? Buffer.from(content) : content);
const KEY = fakePem('PRIVATE KEY');
const TOKEN = `ghp_${repeated('aB3', 36)}`;
/** Each line changed: what programs and markup put around it. */
const lines = (change: (line: string) => string) => KEY.trim().split('\n').map(change).join('\n');
const inOneLine = (end: string) => KEY.trim().replaceAll('\n', end);
const PUTTY =
  'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\nAAAA\n';
const BODY = repeated('MIIEvQIBADANBgkqhkiG9w0B', 64);

const utf32 = (text: string) =>
  Buffer.concat(Array.from(text, (one) => Buffer.from(`${one}\0`, 'utf16le')));
const base64 = (text: string) => `k: ${Buffer.from(text).toString('base64')}\n`;

/** A header with much nothing in it, a file of zeros, and another one. */
function tarWith(content: string | Buffer, zeros = 0): Buffer {
  const header = Buffer.alloc(512);
  header.write('lib/id.pem', 0);
  header.write('0000644', 100);
  header.write('ustar', 257);
  return Buffer.concat([
    header,
    Buffer.alloc(zeros),
    header,
    Buffer.from(content),
    Buffer.alloc(1024),
  ]);
}

/** Keys as Node writes them, in DER. */
const ENCRYPTED = { type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' } as const;

const DER: readonly (readonly [string, Buffer])[] = [
  ['Ed25519', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' })],
  [
    'EC',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'sec1',
      format: 'der',
    }),
  ],
  [
    'EC in PKCS#8',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({
      type: 'pkcs8',
      format: 'der',
    }),
  ],
  [
    'RSA',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'der',
    }),
  ],
  [
    'RSA in PKCS#1',
    generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
      type: 'pkcs1',
      format: 'der',
    }),
  ],
  [
    'RSA, encrypted',
    generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(ENCRYPTED),
  ],
  ['Ed25519, encrypted', generateKeyPairSync('ed25519').privateKey.export(ENCRYPTED)],
];

describe('a private key in base64 without header', () => {
  it.each(DER)('%s', (_name, der) => {
    const text = der.toString('base64');
    for (const written of [
      text,
      `key: ${text}\n`,
      `{"k":"${text}"}`,
      text.replace(/.{64}/g, '$&\n'),
      text.replace(/.{64}/g, '$&\\n'),
      `K = (\n    "${text.replace(/.{60}/g, '$&"\n    "')}"\n)`,
      `k = '${text.replace(/.{60}/g, "$&' +\n  '")}';`,
      JSON.stringify({ k: text }).replaceAll('/', '\\/'),
      `?k=${encodeURIComponent(text)}`,
      der.toString('base64url'),
    ]) {
      expect(found(written)?.what, written.slice(0, 80)).toBe('a private key');
    }
    expect(found(text.slice(0, text.length / 2))).toBeNull();
    expect(found(`x${text}`)).toBeNull();
  });

  it.each([
    [
      'a public key',
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }),
    ],
    [
      'a public key of RSA',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
        type: 'pkcs1',
        format: 'der',
      }),
    ],
  ])('is not %s', (_name, der) => {
    expect(found(der.toString('base64'))).toBeNull();
  });
});

describe('a private key', () => {
  it.each([
    ['PKCS#8', KEY],
    ['PKCS#1', fakePem('RSA PRIVATE KEY')],
    ['SEC 1', fakePem('EC PRIVATE KEY')],
    ['DSA', fakePem('DSA PRIVATE KEY')],
    ['OpenSSH', fakePem('OPENSSH PRIVATE KEY')],
    ['encrypted', fakePem('ENCRYPTED PRIVATE KEY')],
    ['any other', fakePem('ANY NEW KIND OF PRIVATE KEY')],
    ['with fields', KEY.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00AA\n\n')],
    ['PGP', fakePem('PGP PRIVATE KEY BLOCK').replace('\n', '\nVersion: GnuPG v2\n\n')],
    [
      'SSH2',
      KEY.replace(/-{5}BEGIN PRIVATE KEY-{5}/, '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'),
    ],
    [
      'PuTTY',
      'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPublic-Lines: 1\nAA\nPrivate-Lines: 1\nAA\n',
    ],
    ['age', `# created\nAGE-SECRET-KEY-1${repeated('QPZRY9X8GF2', 58)}\n`],
    ['WireGuard', `[Interface]\nPrivateKey = ${repeated('aB3', 43)}=\n`],
    ['a JSON Web Key', `{"d":"${repeated('aB3_', 43)}","kty":"EC"}`],
    ['behind certificates', `${fakePem('CERTIFICATE').repeat(40)}${KEY}`],
    ['behind a byte-order mark', `\ufeff${KEY}`],
    ['with CRLF', KEY.replaceAll('\n', '\r\n')],
    ['in the middle of a line', `key=${KEY.replaceAll('\n', '')}`],
    ['in JSON', JSON.stringify({ type: 'service_account', private_key: KEY })],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: KEY }) })],
    ['in a YAML block', `tls:\n  key: |\n    ${KEY.replaceAll('\n', '\n    ')}`],
    ['in one line of source', `KEY = "${KEY.replaceAll('\n', '\\n')}"\n`],
    [
      'in strings one below the other',
      KEY.split('\n')
        .map((line) => `  "${line}\\n"`)
        .join('\n'),
    ],
    [
      'in strings put together',
      KEY.split('\n')
        .map((line) => `'${line}\\n'`)
        .join(' +\n'),
    ],
    ['in a comment', KEY.replace(/^/gm, '# ')],
    ['in a text of Python', `KEY = """\n${KEY}"""\n`],
    [
      'in base64',
      `client-key-data: ${Buffer.from(fakePem('RSA PRIVATE KEY')).toString('base64')}\n`,
    ],
    ['in lines with a backslash at the end', `key=${lines((line) => `${line}\\`)}`],
    ['in lines continued after an escape', `k = '${lines((line) => `${line}\\n\\`)}'`],
    ['in strings of C', lines((line) => `"${line}\\n" \\`)],
    ['in strings of Python put together', lines((line) => `"${line}\\n" + \\`)],
    ['in strings of Visual Basic', lines((line) => `"${line}" & vbLf & _`)],
    ['in a list of YAML', lines((line) => `  - "${line}"`)],
    ['in a list of JavaScript', lines((line) => `'${line}',`)],
    ['in calls', lines((line) => `sb.append("${line}\\n");`)],
    ['in commands', lines((line) => `echo "${line}" >> /etc/ssl/k.pem`)],
    ['in a listing with numbers', lines((line) => `  12  ${line}`)],
    ['in JSON with \\u000a', `{"k":"${inOneLine('\\u000a')}"}`],
    ['in JSON with escaped slashes', JSON.stringify(KEY).replaceAll('/', '\\/')],
    ['in XML', `<k>${inOneLine('&#10;')}</k>`],
    ['in XML, hexadecimal', `<k>${inOneLine('&#xA;')}</k>`],
    ['in HTML', `<p>${inOneLine('<br>')}</p>`],
    ['in a URL', `k=${encodeURIComponent(KEY)}`],
    ['in a form', `k=${new URLSearchParams({ k: KEY })}`],
    ['with marks of no width', lines((line) => `\u200b${line}`)],
    ['right behind a word about it', `if '-----BEGIN PRIVATE KEY-----' in x:\n  y = """${KEY}"""`],
    ['of PuTTY, indented', `key: |\n  ${PUTTY.replaceAll('\n', '\n  ')}`],
    ['of PuTTY in JSON', JSON.stringify({ k: PUTTY })],
    ['of PuTTY in Python', `K = """${PUTTY}"""\n`],
    ['of PuTTY with CRLF', PUTTY.replaceAll('\n', '\r\n')],
    ['a shared JSON Web Key', `{"kty": "oct", "k": "${repeated('aB3_', 43)}", "alg": "HS256"}`],
    ['a JSON Web Key in JSON', JSON.stringify(`{"kty":"EC","d":"${repeated('aB3_', 43)}"}`)],
    ['a JSON Web Key in Python', `{'kty': 'EC', 'd': '${repeated('aB3_', 43)}'}`],
    ['in base64, a certificate first', base64(`${fakePem('CERTIFICATE')}${KEY}`)],
    ['in base64 behind one character', base64(`\n${KEY}`)],
    ['in base64 behind two', base64(`x\n${KEY}`)],
    ['in base64 of any kind', base64(fakePem('PGP PRIVATE KEY BLOCK'))],
    ['far behind', `${'x = 1\n'.repeat(100_000)}${KEY}`],
  ])('is known: %s', (_name, text) => {
    expect(found(text)).toMatchObject({ isPrivateKey: true, line: expect.any(Number) });
  });

  it.each<[string, Uint8Array]>([
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${KEY}`, 'utf16le')],
    ['UTF-16LE without', Buffer.from(`# a file\n${KEY}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${KEY}`, 'utf16le').swap16()],
    [
      'UTF-16LE behind Chinese',
      Buffer.from(
        `\ufeff${'# \u8fd9\u662f\u4e00\u4e2a\u914d\u7f6e\n'.repeat(200)}${KEY}`,
        'utf16le',
      ),
    ],
    [
      'UTF-16BE behind Russian',
      Buffer.from(`\ufeff${'# \u044d\u0442\u043e\n'.repeat(400)}${KEY}`, 'utf16le').swap16(),
    ],
    [
      'UTF-16LE behind Chinese, without a mark',
      Buffer.from(`${'\u8fd9\u662f\u4e00\u4e2a\n'.repeat(400)}${KEY}`, 'utf16le'),
    ],
    ['in a tar that looks like UTF-16', tarWith(KEY)],
    ['in a tar, far behind', tarWith(KEY, 2_000_000)],
    ['in a tar, as a token would be', tarWith(PUTTY, 3 * WINDOW)],
    ['behind zeros', Buffer.concat([Buffer.alloc(5000), Buffer.from(KEY)])],
    [
      'PKCS#12 in a tar',
      tarWith(Buffer.from('308209dc0201033082098606092a864886f70d010701a0820977', 'hex')),
    ],
    ['PuTTY in UTF-16', Buffer.from(`\ufeff${PUTTY}`, 'utf16le')],
    ['UTF-32', utf32(`\ufeff${KEY}`)],
    ['UTF-32 behind binary data', Buffer.concat([Buffer.alloc(3001, 0xfe), utf32(KEY)])],
    ['behind a zero', Buffer.from(`\0${'x = 1\n'.repeat(20_000)}${KEY}`)],
    ['RSA of 1024 bits in DER', Buffer.from('3082025d02010002818100c1', 'hex')],
    ['encrypted PKCS#8 in DER', Buffer.from('3082052d305706092a864886f70d01050d304a', 'hex')],
    ['PKCS#8 encrypted as of old', Buffer.from('308202a0301a060a2a864886f70d010c0103300c', 'hex')],
    ['PKCS#8 in DER', Buffer.from('308204be020100300d06092a864886f70d0101010500', 'hex')],
    ['Ed25519 in DER', Buffer.from('302e020100300506032b657004220420', 'hex')],
    ['PKCS#1 in DER', Buffer.from('308204a40201000282010100', 'hex')],
    ['SEC 1 in DER', Buffer.from('30770201010420', 'hex')],
    ['PKCS#12', Buffer.from('308209dc0201033082098606092a864886f70d010701a0820977', 'hex')],
    ['PKCS#12 in BER', Buffer.from('3080020103308006092a864886f70d010701a080', 'hex')],
    [
      'PKCS#12, signed',
      Buffer.from('3081900201033081800609 2a864886f70d010702'.replace(' ', ''), 'hex'),
    ],
  ])('is known in bytes: %s', (_name, bytes) => {
    expect(found(bytes)?.isPrivateKey).toBe(true);
  });

  it.each([
    ['a certificate', fakePem('CERTIFICATE')],
    ['a public key', fakePem('PUBLIC KEY')],
    ['a public key of PGP', fakePem('PGP PUBLIC KEY BLOCK')],
    ['a request', fakePem('CERTIFICATE REQUEST')],
    ['parameters', fakePem('EC PARAMETERS')],
    ['a word about the header', 'if text.startswith("-----BEGIN PRIVATE KEY-----"):\n    pass\n'],
    [
      'a header put around something',
      'pem = "-----BEGIN PRIVATE KEY-----\\n" + body + "\\n-----END PRIVATE KEY-----"',
    ],
    ['a template', '-----BEGIN PRIVATE KEY-----\n{{ .key }}\n-----END PRIVATE KEY-----\n'],
    ['a placeholder', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n'],
    [
      'a placeholder in JSON',
      '{"k": "-----BEGIN PRIVATE KEY-----\\nYOUR_KEY\\n-----END PRIVATE KEY-----"}',
    ],
    ['nothing in between', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n'],
    ['the header alone', '-----BEGIN PRIVATE KEY-----\n'],
    ['the header in a comment at the end', 'x = 1\n# -----BEGIN PRIVATE KEY-----'],
    [
      'a constant',
      'HEAD = """\n-----BEGIN PRIVATE KEY-----\n"""\nTAIL = "-----END PRIVATE KEY-----"\n',
    ],
    ['a pattern', 'KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")'],
    ['a list of headers', "['-----BEGIN RSA PRIVATE KEY-----', '-----BEGIN EC PRIVATE KEY-----']"],
    ['a public JWK', `{"kty":"EC","x":"${BODY}","y":"${BODY}"}`],
    [
      'a template of YAML',
      'key: |\n  -----BEGIN PRIVATE KEY-----\n  <your key>\n  -----END PRIVATE KEY-----\n',
    ],
    [
      'a placeholder in words',
      '-----BEGIN PRIVATE KEY-----\nYOURKEYHERE\n-----END PRIVATE KEY-----\n',
    ],
    [
      'a document about it',
      'It begins with\n\n-----BEGIN PRIVATE KEY-----\n\nand ends with a footer.\n',
    ],
    [
      'a shortened sample',
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----\n',
    ],
    [
      'a reader in Python',
      "  if '-----BEGIN PRIVATE KEY-----' in text:\n    return serialization.load_pem_private_key(text.encode(), password=None)\n",
    ],
    [
      'a reader in Go',
      'const header = "-----BEGIN OPENSSH PRIVATE KEY-----"\n\nfunc ParseRawPrivateKeyWithPassphrase(pemBytes, passphrase []byte) (interface{}, error) {\n',
    ],
    [
      'a reader in JavaScript with the alphabet of base64',
      `t.startsWith("-----BEGIN PRIVATE KEY-----")&&f(t),c="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"`,
    ],
    [
      'names of a program one behind the other',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----AbortSignalAbsoluteOrientationSensorAbstractRangeAnalyserNode/Animation2Effect',
    ],
    ['a template of PHP', '"-----BEGIN RSA PRIVATE KEY-----\\n" . wordwrap($key, 64, "\\n", true)'],
    [
      'a command',
      "sed -e 's/-----BEGIN PRIVATE KEY-----//' -e 's/-----END PRIVATE KEY-----//' key.pem\n",
    ],
    ['a key of tests in Go', fakePem('RSA TESTING KEY')],
    ['a program in base64', base64("if '-----BEGIN PRIVATE KEY-----' in text:\n    pass\n")],
    ['a certificate in base64', base64(fakePem('CERTIFICATE'))],
    [
      'a writer of PuTTY files',
      'out.write("PuTTY-User-Key-File-2: " + kind)\nout.write("Private-Lines: " + count)\n',
    ],
    ['a type of keys', 'if (jwk.kty === "oct") { return {"kty": "oct", "k": encode(key)} }'],
    ['a reader of PuTTY files', 'if line.startswith("PuTTY-User-Key-File-2: "):\n'],
  ])('is not seen in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });
});

describe('tokens', () => {
  const TOKENS: readonly (readonly [string, string])[] = [
    ['an AWS access key', `AKIA${repeated('Q3EGRIX7', 16)}`],
    ['an AWS access key', `ASIA${repeated('Q3EGRIX7', 16)}`],
    ['an AWS secret key', `aws_secret_access_key = ${repeated('wJa/r5', 40)}`],
    ['an Azure storage key', `AccountName=x;AccountKey=${repeated('a+B3', 86)}==`],
    ['an Azure access key', `HostName=h;SharedAccessKey=${repeated('a+B3', 43)}=`],
    ['a Google API key', `AIza${repeated('Sy_b3', 35)}`],
    ['an Alibaba Cloud access key', `LTAI${repeated('5tAb', 20)}`],
    ['a GitHub token', `ghp_${repeated('aB3', 36)}`],
    ['a GitHub token', `github_pat_${repeated('11AB', 22)}_${repeated('aB3', 59)}`],
    ['a GitLab token', `glpat-${repeated('aB3-', 20)}`],
    ['a Slack token', `xoxb-${repeated('12', 12)}-${repeated('12', 12)}-${repeated('aB', 24)}`],
    ['a Stripe key', `sk_live_${repeated('aB3', 24)}`],
    ['an npm token', `npm_${repeated('aB3', 36)}`],
    ['a Hugging Face token', `hf_${repeated('aBc', 34)}`],
    ['an OpenAI key', `sk-proj-${repeated('aB3_', 60)}`],
    ['an Anthropic key', `sk-ant-api03-${repeated('aB3_', 95)}`],
  ];

  it.each(TOKENS)('%s', (what, text) => {
    const line = { what, isPrivateKey: false, line: 3 };
    expect(found(`# settings\n\nTOKEN = "${text}"\n`)).toEqual(line);
    expect(found(Buffer.from(`# settings\n\n${text}\n`, 'utf16le'))).toEqual(line);
  });

  it.each([
    ['the key of the documentation', 'AKIAIOSFODNN7EXAMPLE'],
    [
      'the key of the Azure emulator',
      `AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6${repeated('a', 42)}==`,
    ],
    ['a row of x', `ghp_${'x'.repeat(36)}`],
    ['the end of another word', `my_ghp_${repeated('aB3', 36)}`],
    ['a longer word', `AKIA${repeated('Q', 30)}`],
    ['a name', 'npm_config_registry hf_model_configuration_for_inference_and_more sk-learn SG.x'],
    [
      'what only looks like a JSON Web Token',
      `eyJhbGciOiJIUzI1NiJ9.${repeated('eyJ', 40)}.${repeated('aB3', 43)}`,
    ],
    ['an access key that is empty', 'aws_secret_access_key = \nSharedAccessKey=\n'],
  ])('are not seen in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });

  it.each([
    ['an escaped line end', '{"e": "[default]\\n%"}'],
    ['an escape of a URL', 'https://x/?X-Amz-Credential%3D%%2F'],
    ['an escape of JSON', '{"e": "\\u003d%"}'],
  ])('are known behind %s', (_name, text) => {
    expect(found(text.replace(/%(?!3D|2F)/, () => `AKIA${repeated('Q3EGRIX7', 16)}`))?.what).toBe(
      'an AWS access key',
    );
  });

  it('give way to a private key', () => {
    expect(found(`${TOKENS[7]?.[1]}\n${KEY}`)).toMatchObject({ isPrivateKey: true, line: 2 });
  });
});

describe('other contents', () => {
  it('a memory dump', () => {
    const core = Buffer.alloc(64);
    core.set([0x7f, 0x45, 0x4c, 0x46, 2, 1], 0);
    core[16] = 4;
    expect(found(core)).toMatchObject({ what: 'a memory dump of a program', isPrivateKey: false });
    core[16] = 3;
    expect(found(core)).toBeNull();
  });

  it('anywhere in what is no text', () => {
    const secrets = [KEY, PUTTY, `AGE-SECRET-KEY-1${repeated('QPZRY9X8GF2', 58)}`, TOKEN];
    for (const at of [1000, 100_000, WINDOW - OVERLAP, WINDOW - 20, 3 * WINDOW]) {
      for (const text of secrets) {
        const model = Buffer.concat([Buffer.alloc(at), Buffer.from(`\n${text}`), Buffer.alloc(at)]);
        expect(found(model)?.what, `${text.slice(0, 20)} at ${at}`).toBeDefined();
      }
    }
  });

  it('a compiled program with a key inside, which a line can let in', () => {
    const program = (at: number) =>
      Buffer.concat([Buffer.from('\x7fELF\x02\x01', 'latin1'), Buffer.alloc(at), Buffer.from(KEY)]);
    const what = 'a private key inside a compiled program';
    expect(found(program(1000))).toMatchObject({ what, isPrivateKey: false });
    expect(found(program(100_000))).toMatchObject({ what, isPrivateKey: false });
  });

  it('are found behind many windows, with their line, and next to their edges', () => {
    for (const at of [WINDOW - 1, WINDOW, 2 * WINDOW - OVERLAP - 10, 20 * WINDOW]) {
      const text = `${'a line\n'.repeat(at / 7)}${TOKEN}\n`;
      expect(found(text)).toMatchObject({ line: text.split('\n').length - 1 });
    }
  });

  it('are no others because of the edge of a window', () => {
    const word = `my_${TOKEN}`;
    for (let back = 0; back < 6; back += 1) {
      expect(found(`${' '.repeat(WINDOW - OVERLAP - back)}${word}`)).toBeNull();
    }
  });

  it.each([1, 100, 4096, 65_536, WINDOW])('are the same in pieces of %i bytes', async (size) => {
    const at = size === 1 ? 2000 : 2 * WINDOW - 300;
    const whole = Buffer.from(`${'a line\n'.repeat(at / 7)}${KEY}`);
    async function* pieces() {
      for (let from = 0; from < whole.length; from += size) yield whole.subarray(from, from + size);
    }
    expect((await searchStream(pieces())).found).toEqual(found(whole));
    const search = new SecretSearch();
    for await (const piece of size < 4096 ? [whole] : pieces()) search.add(piece, false);
    search.add(Buffer.alloc(0), true);
    expect(search.found).toEqual(found(whole));
  });
});

describe('a private key in DER inside another file', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sealed = { cipher: 'aes-256-cbc', passphrase: 'x', type: 'pkcs8', format: 'der' } as const;
  const der = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1') =>
    key.export({ type, format: 'der' }) as Buffer;
  const around = (key: Buffer) => Buffer.concat([Buffer.alloc(5000, 'x'), key, Buffer.alloc(99)]);

  it.each([
    ['RSA in PKCS#1', der(rsa.privateKey, 'pkcs1')],
    ['RSA in PKCS#8', der(rsa.privateKey, 'pkcs8')],
    ['EC in SEC 1', der(ec.privateKey, 'sec1')],
    ['EC in PKCS#8', der(ec.privateKey, 'pkcs8')],
    ['Ed25519', der(generateKeyPairSync('ed25519').privateKey, 'pkcs8')],
    [
      'DSA',
      der(
        generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey,
        'pkcs8',
      ),
    ],
    ['an encrypted one', rsa.privateKey.export(sealed)],
  ])('%s', (_name, key) => {
    expect(found(around(key))).toMatchObject({ what: 'a private key', isPrivateKey: true });
    const late = Buffer.concat([Buffer.alloc(WINDOW - key.length / 2, 'x'), key]);
    expect(found(late)).toMatchObject({ isPrivateKey: true });
    // Cut off inside another file it is of no use, and could be anything.
    expect(found(around(key.subarray(0, key.length - 1)).subarray(0, -99))).toBeNull();
  });

  it.each([
    ['the public key in PKCS#1', rsa.publicKey.export({ type: 'pkcs1', format: 'der' })],
    ['the public key', ec.publicKey.export({ type: 'spki', format: 'der' })],
    ['marks of nothing', Buffer.from('020100300201000202010104'.repeat(2000), 'hex')],
    ['a sequence of numbers', Buffer.from(`3080${'020100'.repeat(2000)}`, 'hex')],
  ])('is not %s', (_name, bytes) => {
    expect(found(around(bytes))).toBeNull();
  });
});

describe('hostile texts', () => {
  const needles = SECRET_TEXTS.flatMap((secret) => secret.needles);
  const pieces = fc.constantFrom(
    ...needles,
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '\n',
      ' ',
      '"',
      "'",
      '\\n',
      '# ',
      'A',
      'a1',
      '+',
      '"d":',
      ': ',
      '\0',
    ],
  );

  const LONG = 128 * 1024;

  // All of them: test/mutation/long-secrets.test.ts.
  describeLongSecrets(8);

  it('ask nothing of Node for each beginning of a key', () => {
    const calls = ['compare', 'equals', 'subarray'].map((name) =>
      vi.spyOn(Buffer.prototype, name as 'compare' | 'equals' | 'subarray'),
    );
    try {
      for (const start of ['"kty" "d" : ', 'PuTTY-User-Key-File-3: \n']) {
        expect(found(start.repeat(10_000))).toBeNull();
      }
      for (const call of calls) expect(call.mock.calls.length).toBeLessThan(100);
    } finally {
      for (const call of calls) call.mockRestore();
    }
  });

  // Ten seconds for what takes some hundredths: only a search that is not linear needs them.
  it('of needles take no time', { timeout: 180_000 }, () => {
    const text = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => {
      const part = parts.join('');
      return part.repeat(Math.ceil(LONG / part.length));
    });
    fc.assert(
      fc.property(text, (content) => {
        found(content);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  it('of any bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(pieces), (bytes, parts) => {
        found(Buffer.concat([bytes, Buffer.from(parts.join(''))]));
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});
