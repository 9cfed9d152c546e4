import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedLines, maskedText } from '../../../../src/model/secrets/masked-lines.ts';

const S = 'hunter2';
const SEED = { seed: 20261130, numRuns: 1000 };

function shown(path: string, text: string): string {
  return maskedLines(path, text.split('\n')).join('\n');
}

describe('a secret is never shown, whatever it is written in', () => {
  it.each([
    ['a.yaml', `x: &pw ${S}\npassword: *pw`],
    ['a.yaml', `x: &a\n  - b: &c ${S}\ntoken: [*c]`],
    ['a.yaml', `k: &k password\nm:\n  *k : ${S}`],
    ['a.yaml', `password            :            ${S}`],
    ['a.yaml', `password of db (prod): ${S}`],
    ['a.yaml', `pass_word: ${S}`],
    ['a.yaml', `密码: ${S}`],
    ['a.yaml', `"pass\\U00000077ord": ${S}`],
    ['a.yaml', `? |\n  password\n: ${S}`],
    ['a.yaml', `? "pass\\\n  word"\n: ${S}`],
    ['a.yaml', `? [password]\n: ${S}`],
    ['a.yaml', `!!str password: !!str\n  ${S}`],
    ['a.yaml', `password: 'it''s\n\n${S}'`],
    ['a.yaml', `args:\n- --password\n- ${S}`],
    ['a.yaml', `args: [mysql, --password,\n ${S}]`],
    ['a.yaml', `a: 1\n---\n? >-\n  password\n: - ${S}`],
    ['a.yaml', `\ufeffx: &pw ${S}\npassword: *pw`],
    ['a.yaml', `cmd: mysql -p${S}`],
    ['a.yaml', `cmd: curl -u admin:${S} http://x`],
    ['a.yaml', `url: "https://u:p@ss/${S}t@h/x"`],
    ['a.yaml', `url: mqtt://u:${S}token=x@h`],
    ['a.yaml', `config: "{\\"password\\": \\"${S}\\"}"`],
    ['a.json', `{"c": "{\\\\\\"password\\\\\\": \\\\\\"${S}\\\\\\"}"}`],
    ['a.json', `{"pass\\u0077ord": "${S}", "token": "x"}`],
    ['a.json', `{"default":\n"${S}",\n"name":\n"password"}`],
    ['a.toml', `"pass\\U00000077ord" = "${S}"`],
    ['a.toml', `[password]\n[password.x]\nvalue = "${S}"`],
    ['a.properties', `db.password\\\n  =${S}`],
    ['a.properties', `db.pass\\\n  word=${S}`],
    ['a.properties', `db\\ password ${S}`],
    ['a.ini', `password \n${S}`],
    ['a.cfg', `password[0]=${S}`],
    ['a.cfg', `set password ${S}`],
    ['.env.prod', `DB_PASSWORD=${S}`],
    ['env', `TOKEN='a\n${S}'`],
    ['.npmrc', `//r/:_authToken=${S}`],
    ['Dockerfile', `ENV PASSWORD ${S}`],
    ['install.sh', `sshpass -p ${S} ssh x`],
    ['install.sh', `cat <<E\npassword: ${S}\nE`],
    ['main.py', `password = (\n  "a"\n  "${S}")`],
    ['main.py', `password = """\n${S}\n"""`],
    ['main.py', `c = {"password":\n "${S}"}`],
    ['main.py', `password = os.getenv("P", "${S}")`],
    ['main.py', `"""\npassword: ${S}\n"""`],
    ['main.py', `# password: ${S}`],
    ['main.go', `const Password = \`a\n${S}\``],
    ['main.go', `c := Config{\n\tPassword: "${S}",\n}`],
    ['a.ts', `const password =\n  '${S}';`],
    ['a.xml', `<password>\n${S}\n</password>`],
    ['a.xml', `<property name="password" value="${S}"/>`],
    ['README.md', `| password | ${S} |`],
    ['a.yaml', `Cookie: ${S}`],
    ['a.yaml', `X-Auth-Key: ${S}`],
    ['a.yaml', `sasKey: ${S}`],
    ['a.yaml', `url: https://h/?access_token=${S}`],
    ['a.yaml', `url: https://h/?a=1&sig=${S}`],
    ['main.py', `u = "https://h/?x=1&app_key=${S}"`],
    ['install.sh', `curl -H "X-Auth-Key: ${S}" h`],
    ['install.sh', `curl -H 'Cookie: a=${S}' h`],
    ['install.sh', `x --api-key=${S}`],
    ['a.yaml', `SharedAccessSignature: sr=h&sig=${S}`],
    ['a.yaml', `a: {sas: ${S}, b: 1}`],
    ['a.yaml', `deviceKey: "${S}"`],
    ['a.yaml', `cipherKey: >-\n  ${S}`],
    ['a.yaml', `auth:\n  - ${S}`],
    ['a.yaml', `auth: a b ${S}`],
    ['a.yaml', `x: &a ${S}\nsig: *a`],
    ['a.yaml', `webhook: https://h/${S}`],
    ['a.yaml', `Contrasen\u0303a: ${S}`],
    ['a.yaml', `ПАРОЛЬ: ${S}`],
    ['a.yaml', `mot de passe: ${S}`],
    ['a.json', `{"deviceKey": "${S}"}`],
    ['a.json', `{"c": "{\\"sk\\": \\"${S}\\"}"}`],
    ['a.json', `{"otp":\n"${S}"}`],
    ['.env.prod', `export AK=${S}`],
    ['a.ini', `rootpw = ${S}`],
    ['main.py', `cipher_key = b"${S}"`],
    ['main.py', `c = {"hmac": '${S}'}`],
    ['main.go', `deviceKey := "${S}"`],
    ['main.py', `senha = "${S}"`],
    ['a.xml', `<sessionId>${S}</sessionId>`],
  ])('%s: %j', (path, text) => {
    expect(shown(path, text)).not.toContain(S);
  });

  it('shows again what comes behind it', () => {
    const behind: readonly (readonly [string, string])[] = [
      ['a.yaml', 'x: &pw y\npassword: *pw\nb: 1'],
      ['a.properties', 'db.pass\\\n  word=x\nb: 1'],
      ['main.py', 'password = (\n  "a"\n  "b")\nx = {"b": 1'],
      ['main.go', 'func login(token string) {\n\treturn "a", "b: 1'],
      ['README.md', 'The password:\n\nb: 1'],
      ['install.sh', 'TOKEN=x\nb: 1'],
    ];
    for (const [path, text] of behind) {
      expect(shown(path, text).split('\n').at(-1), text).toMatch(/b"?: 1$/);
    }
  });

  it.each([
    ['a.yaml', 'auth: none\nprimaryKey: id\npartitionKey: a1b2c3\nkey: a1b2c3\nhmac: sha256'],
    ['a.yaml', 'auth:\n  type: basic\n  port: 1883\nsig: true\notp: 6\nkeyword: x1y2z3'],
    ['main.py', 'sig = inspect.signature(f1)\nauth = None\nkey = f"a{x1}"\nmap_key = "a1b2"'],
    ['a.json', '{"auth": "none", "topicKey": "a1b2", "keyField": "a1b2"}'],
  ])('and what is none stays: %s %j', (path, text) => {
    expect(shown(path, text)).toBe(text);
  });

  it('reads a line of nothing but keys once', { timeout: 180_000 }, () => {
    for (const part of ['auth:a,', 'a.', '"sk":', 'sig=', ' key', 'ak:b1 c2 d3', '\\\\"sk']) {
      const line = part.repeat(1024 ** 2 / part.length);
      expect(maskedLines('a.yaml', [line])).toHaveLength(1);
      expect(maskedLines('a.py', [line])).toHaveLength(1);
    }
  });

  it('nor in the text of a setting', () => {
    expect(maskedText(`{"password": "${S}"}`)).not.toContain(S);
    expect(maskedText(`a: 1\npassword: |\n  ${S}`)).not.toContain(S);
    expect(maskedText('every 10 seconds')).toBe('every 10 seconds');
  });
});

const key = fc
  .tuple(
    fc.constantFrom('', 'db_', 'db.', 'mqtt', 'my-'),
    fc.constantFrom('password', 'PASSWORD', 'apiKey', 'token', 'client_secret', 'credentials'),
    fc.constantFrom('', '2', '_prod'),
  )
  .map((parts) => parts.join(''));
const identifier = key.map((one) => one.replace(/[.-]/g, '_'));
const space = fc.constantFrom('', ' ', '   ', '\t', ' '.repeat(20));
const junk = fc.stringMatching(/^[a-z0-9 #:={}[\],.;-]{0,12}$/);
const secret = fc.tuple(junk, junk).map(([a, b]) => `${a}${S}${b}`);
const line = fc.constantFrom('a = 1', 'b = "x"', '# c', '', 'd = [1, 2]');
const around = fc.tuple(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }));

const q = (text: string): string => JSON.stringify(text);

/** How each language writes a secret behind a key. */
const WRITERS: Readonly<Record<string, (k: string, s: string, gap: string) => string[]>> = {
  'a.toml': (k, s, gap) => [
    `${k}${gap}=${gap}${q(s)}`,
    `"${k}"${gap}=${gap}'${s}'`,
    `${k} = """\n${s}\n"""`,
    `${k} = '''a\n${s}'''`,
    `${k} = [\n  "x", # y\n  ${q(s)},\n]`,
    `z = { ${k} = ${q(s)}, y = 1 }`,
    `[${k}]\nvalue = ${q(s)}`,
  ],
  'a.properties': (k, s, gap) => [
    `${k}${gap}=${gap}${s}`,
    `${k}${gap}:${gap}${s}`,
    `${k} ${gap}${s}`,
    `${k}=x\\\n${gap}y\\\n${gap}${s}`,
    `${k}\\\n${gap}=${s}`,
    `${k.slice(0, -2)}\\\n${gap}${k.slice(-2)}=${s}`,
  ],
  'a.ini': (k, s, gap) => [
    `[x]\n${k}${gap}=${gap}${s}`,
    `${k}${gap}:${gap}${s}`,
    `${k} =\n  ${s}`,
    `${k} = x\n  ${s}\n  ${s}`,
    `[${k}]\nvalue = ${s}`,
  ],
  '.env': (k, s) => [
    `${k}=${s}`,
    `export ${k}='${s}'`,
    `${k}="x\n${s}"`,
    `${k}='x\ny\n${s}\n'`,
    `${k}=x\\\n${s}`,
  ],
};

const IN_PROGRAMS = (k: string, s: string, gap: string): string[] => [
  `${k}${gap}=${gap}${q(s)}`,
  `${k} = '${s}'`,
  `${k} = f"x{y}" ${q(s)}`,
  `${k}: str = ${q(s)}`,
  `${k} = """\nx\n${s}\n"""`,
  `${k} = (\n    "x"  # y\n    ${q(s)}\n)`,
  `${k} = [${q('x')},\n  ${q(s)}]`,
  `${k} = {"a": {\n  "b": ${q(s)}}}`,
  `${k} = "x" + \\\n  ${q(s)}`,
  `connect("h", 1, ${k}=${q(s)})`,
  `connect(\n  "h",\n  ${k}=\n  ${q(s)},\n)`,
  `x = {"${k}"${gap}:${gap}${q(s)}}`,
  `x["${k}"] = ${q(s)}`,
  `if ${k} == ${q(s)}:\n  y()`,
  `# ${k}: ${s}`,
  `"""x\n${k}: ${s}\n"""`,
];

describe('a generated secret is never shown', () => {
  it.each(Object.entries(WRITERS))('in %s', (path, write) => {
    fc.assert(
      fc.property(around, key, secret, space, ([before, behind], k, s, gap) => {
        for (const written of write(k, s, gap)) {
          const text = [...before, written, ...behind].join('\n');
          expect(shown(path, text), text).not.toContain(S);
        }
      }),
      SEED,
    );
  });

  it('in a program', () => {
    fc.assert(
      fc.property(around, identifier, secret, space, ([before, behind], k, s, gap) => {
        for (const written of IN_PROGRAMS(k, s, gap)) {
          const text = [...before, written, ...behind].join('\n');
          expect(shown('main.py', text), text).not.toContain(S);
        }
      }),
      SEED,
    );
  });

  it('in YAML, behind anchors and keys in escapes', () => {
    const escaped = fc.tuple(key, fc.nat()).map(([k, at]) => {
      const place = at % k.length;
      const code = k.charCodeAt(place).toString(16).padStart(4, '0');
      return `"${k.slice(0, place)}\\u${code}${k.slice(place + 1)}"`;
    });
    fc.assert(
      fc.property(escaped, secret, space, (k, s, gap) => {
        for (const text of [
          `a:\n  ${k}${gap}: ${q(s)}\n  b: 1`,
          `{a: 1, ${k}: {x: [${q(s)}]}}`,
          `x: &a [1, ${q(s)}]\n${k}: *a\nb: 1`,
          `? ${k}\n: - ${q(s)}\n  - x: ${q(s)}`,
        ]) {
          expect(shown('a.yaml', text), text).not.toContain(S);
        }
      }),
      SEED,
    );
  });
});

describe('is not kept busy', () => {
  it.each(['a.json', 'a.yaml', 'a.ini', 'main.py', 'a.xml'])(
    'by %s',
    { timeout: 180_000 },
    (path) => {
      const keys = Array.from({ length: 80_000 }, (_, index) => [`password${index}`, S]);
      const all = [
        JSON.stringify(Object.fromEntries(keys)),
        'name: token, value: '.repeat(50_000),
        'password: '.repeat(100_000),
        '\\\n'.repeat(200_000),
        `${'{"token":['.repeat(50_000)}${S}`,
        'name: password\n'.repeat(50_000),
      ];
      for (const text of all) expect(shown(path, text)).not.toContain(S);
    },
  );
});
