import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEARCHED_BYTES, secretIn } from '../../../../src/model/secrets/secret-content.ts';
import { SECRET_TEXTS } from '../../../../src/model/secrets/secret-texts.ts';
import { fakePem, repeated } from '../../../fixtures/fake-secrets.ts';

const found = (content: string | Uint8Array) =>
  secretIn(typeof content === 'string' ? Buffer.from(content) : content);
const KEY = fakePem('PRIVATE KEY');
const BODY = repeated('MIIEvQIBADANBgkqhkiG9w0B', 64);

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
    ['the header alone, as cut off', '-----BEGIN PRIVATE KEY-----\n'],
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
    ['far behind', `${'x = 1\n'.repeat(100_000)}${KEY}`],
  ])('is known: %s', (_name, text) => {
    expect(found(text)).toMatchObject({ isPrivateKey: true, line: expect.any(Number) });
  });

  it.each<[string, Uint8Array]>([
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${KEY}`, 'utf16le')],
    ['UTF-16LE without', Buffer.from(`# a file\n${KEY}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${KEY}`, 'utf16le').swap16()],
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
    ['a pattern', 'KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")'],
    ['a list of headers', "['-----BEGIN RSA PRIVATE KEY-----', '-----BEGIN EC PRIVATE KEY-----']"],
    ['a public JWK', `{"kty":"EC","x":"${BODY}","y":"${BODY}"}`],
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
    ['a test key of Stripe', `sk_test_${repeated('aB3', 24)}`],
    ['a name', 'npm_config_registry hf_model_configuration_for_inference_and_more sk-learn SG.x'],
    ['a JSON Web Token', `eyJhbGciOiJIUzI1NiJ9.${repeated('eyJ', 40)}.${repeated('aB3', 43)}`],
    ['an access key that is empty', 'aws_secret_access_key = \nSharedAccessKey=\n'],
  ])('are not seen in %s', (_name, text) => {
    expect(found(text)).toBeNull();
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

  it('the head of what is no text, and no more', () => {
    const model = (at: number) => Buffer.concat([Buffer.alloc(at), Buffer.from(KEY)]);
    expect(found(model(1000))?.isPrivateKey).toBe(true);
    expect(found(model(100_000))).toBeNull();
  });

  it('are searched for up to a limit', () => {
    const behind = Buffer.from(`${'x'.repeat(SEARCHED_BYTES)}\n${KEY}`);
    expect(found(behind)).toBeNull();
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

  // Ten seconds for what takes some hundredths: only a search that is not linear needs them.
  it('of needles take no time', { timeout: 60_000 }, () => {
    const text = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => {
      const part = parts.join('');
      return part.repeat(Math.ceil(SEARCHED_BYTES / part.length));
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
