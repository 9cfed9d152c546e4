import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../../../src/model/secrets/secret-search.ts';
import { repeated } from '../../../../fixtures/fake-secrets.ts';

const found = (text: string) => secretIn(Buffer.from(text));
/** Nobody's: one that a person types, one that a machine makes. */
const PASSWORDS = [['tY4-', 'cnW8kk'].join(''), ['Rk3wH8', 'qJv5Zs'].join('')];
const TOKEN = ['b7Ld83MnR1yYs8UzWc4o', 'QrXt6HjK2lVf5DgSj7Pp'].join('');
const HEX = ['8e07d1928ac5', '73e59b24d1f6bb66', 'ce14'].join('');

type Form = readonly [string, (value: string) => string];

const SETTINGS: readonly Form[] = [
  ['YAML', (x) => `mqtt:\n  password: ${x}\n`],
  ['YAML with a comment', (x) => `password: ${x}  # of the broker\n`],
  ['YAML in one line', (x) => `{user: a, password: ${x}, port: 1}\n`],
  ['folded YAML', (x) => `password: >-\n  ${x}\nuser: a\n`],
  ['a list of Compose', (x) => `environment:\n  - MYSQL_PASSWORD=${x}\n`],
  ['a variable of Kubernetes', (x) => `env:\n  - name: DB_PASSWORD\n    value: ${x}\n`],
  ['the same in JSON', (x) => `{"name":"DB_PASSWORD","value":"${x}"}`],
  ['ini', (x) => `[db]\npassword=${x}\nuser = a\n`],
  ['properties', (x) => `db.password = ${x}\r\n`],
  ['TOML', (x) => `password = "${x}"\n`],
  ['a shell', (x) => `export DB_PASSWORD=${x}\n`],
  ['a default of a shell', (x) => `: "\${DB_PASSWORD:=${x}}"\n`],
  ['a connection string', (x) => `Server=h,1433;User ID=a;Password=${x};\n`],
  ['XML', (x) => `<password>${x}</password>`],
  ['an attribute of XML', (x) => `<property name="password" value="${x}"/>`],
  ['a property list', (x) => `<key>password</key>\n<string>${x}</string>`],
  ['mosquitto', (x) => `connection a\nremote_password ${x}\n`],
  ['redis', (x) => `port 1\nrequirepass ${x}\n`],
  ['a Dockerfile', (x) => `FROM a\nENV DB_PASSWORD ${x}\n`],
  ['another of a Dockerfile', (x) => `ENV A=1 DB_PASSWORD=${x}\n`],
];

const PROGRAMS: readonly Form[] = [
  ['a typed constant of Python', (x) => `PASSWORD: str = "${x}"\n`],
  ['bytes', (x) => `secret = b"${x}"\n`],
  ['a default of the environment', (x) => `os.getenv("DB_PASSWORD", "${x}")\n`],
  ['setdefault', (x) => `os.environ.setdefault("DB_PASSWORD", "${x}")\n`],
  ['or', (x) => `os.environ.get("DB_PASSWORD") or "${x}"\n`],
  ['||', (x) => `const p = process.env.DB_PASSWORD || '${x}';\n`],
  ['an argument', (x) => `p.add_argument("-p", "--password", type=str, default="${x}")\n`],
  ['requests', (x) => `requests.get(u, auth=("edge", "${x}"))\n`],
  ['pymysql', (x) => `pymysql.connect(host,"root","${x}")\n`],
  ['a login of mail', (x) => `s.login("a@b.c", "${x}")\n`],
  ['net/http', (x) => `req.SetBasicAuth("edge", "${x}")\n`],
  ['Go', (x) => `var dbPassword string = \`${x}\`\n`],
  ['TypeScript', (x) => `export const SECRET: string = "${x}";\n`],
  ['Rust', (x) => `const PASSWORD: &str = "${x}";\n`],
  ['C', (x) => `char password[] = "${x}";\n`],
  ['a macro', (x) => `#define WIFI_PASSWORD "${x}"\n`],
  ['a comparison', (x) => `if password == "${x}":\n`],
  ['a short name', (x) => `{"pw": "${x}"}`],
];

const COMMANDS: readonly Form[] = [
  ['mysql', (x) => `mysql -u root -p${x} db\n`],
  ['mosquitto_pub', (x) => `mosquitto_pub -u a -P ${x} -t t\n`],
  ['a flag', (x) => `tool --password ${x} --fast\n`],
  ['sudo', (x) => `echo ${x} | sudo -S reboot\n`],
  ['chpasswd', (x) => `echo "root:${x}" | chpasswd\n`],
  ['SQL', (x) => `CREATE USER 'a'@'%' IDENTIFIED BY '${x}';\n`],
  ['PostgreSQL', (x) => `CREATE USER a WITH PASSWORD '${x}';\n`],
];

const LANGUAGES: readonly Form[] = [
  ...['passwort', 'Kennwort', 'contraseña', 'senha', '密码', 'mot_de_passe', 'wachtwoord'],
  ...['hasło', 'пароль', 'パスワード'],
].map((word) => [word, (x) => `${word} = "${x}"\n`]);

const TOKENS: readonly (readonly [string, string])[] = [
  ['a header', `Authorization: Bearer ${TOKEN}\n`],
  ['a header of requests', `headers = {"Authorization": "Bearer ${TOKEN}"}\n`],
  ['a key in a header', `X-API-Key: ${HEX}\n`],
  ['curl', `curl -H "X-Api-Key: ${HEX}" https://h\n`],
  ['a URL', `GET https://h/x?apikey=${HEX}&a=1\n`],
  ['JavaScript', `const token = "${TOKEN}";\n`],
  ['an object', `{ apiKey: "${TOKEN.slice(1)}" }\n`],
  ['Python', `api_key = "${HEX}"\n`],
  ...['psk', 'pre_shared_key', 'preSharedKey', 'TLS_PSK', 'pre-shared-key'].map(
    (name) => [`the name ${name}`, `${name}: ${HEX}\n`] as const,
  ),
  ['YAML', `influx:\n  token: ${TOKEN}\n`],
  ['a shell', `export API_TOKEN=${TOKEN}\n`],
  ['a variable of Kubernetes', `- name: API_TOKEN\n  value: ${TOKEN}\n`],
];

describe('a password in clear text', () => {
  it.each([...SETTINGS, ...PROGRAMS, ...COMMANDS, ...LANGUAGES])('in %s', (_name, form) => {
    for (const password of PASSWORDS) {
      const secret = { isGuess: true, isPrivateKey: false, line: expect.any(Number) };
      expect(found(form(password)), form(password)).toMatchObject(secret);
    }
  });

  it.each(
    [
      'changeme',
      'xxxxxxxxxx',
      '$'.concat('{DB_PASSWORD}'),
      '<password>',
      'your-password1A',
      '********',
    ].map((value) => [value] as const),
  )('%s is none in any form', (value) => {
    const forms = [...SETTINGS, ...PROGRAMS, ...COMMANDS, ...LANGUAGES];
    expect(forms.map(([, form]) => form(value)).filter((text) => found(text) !== null)).toEqual([]);
  });

  it.each([
    ['a list of words', '["user", "password", "Bypass", "Kx2-Ab9z"]\n'],
    ['names of variables', 'password: cfgPw1, token = nextPageToken2\nreset password Abc2Def9\n'],
    ['a call', 'password = read_key2(fromVault)\n'],
    ['prose', 'The password is hashed with SHA-256: see RFC-7617.\n'],
    ['a macro of numbers', '#define CKK_GENERIC_SECRET 0x00000010UL\n'],
    ['a name of its own', '#define SN_kx_psk "KxECDHE-PSK"\n'],
    [
      'a sample in base64',
      `password: '${Buffer.from('not my real password').toString('base64')}'\n`,
    ],
    ['a compiled program', 'password=\u0002Ab9\u0001x-Kq2'],
    ['what a comment counts', `${'token: 0102030405060708090a0b0c0d0e0f10'}\n`],
  ])('not in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });
});

describe('a token in clear text', () => {
  it.each(TOKENS)('in %s', (_name, text) => {
    expect(found(text)).toMatchObject({ isGuess: true, isPrivateKey: false });
  });

  it.each([
    ['samples of RFCs', 'access_token=2YotnFZFEjr1zCsicMWpAA&x=1\nBearer mF_9.B5f-4.1JqM\n'],
    ['words', 'token = "this_is_what_1_token_looks_like"\nsecret: some-config-map-name-2\n'],
    ['a path', 'token: /var/run/secrets/kubernetes.io/serviceaccount/t1\n'],
    ['an expression', 'token = settings.Vault2.readToken3FromIt\n'],
    ['a hash', `token_hash = "${HEX}"\nsha256 = "${HEX}"\n`],
    [
      'what leads to the next page',
      `"NextToken": "${HEX}", lock_token: ${HEX}\nclientRequestToken: ${HEX}\n`,
    ],
    ['vectors of tests', `"shared_secret": "${HEX}${HEX}"\n`],
    ['what repeats', `token = "${repeated('a1', 40)}"\n`],
  ])('not in %s', (_name, text) => {
    expect(found(text)).toBeNull();
  });
});

describe('settings of Maven', () => {
  const server = (password: string): string =>
    `<servers><server>\n<id>nexus</id><username>a</username>\n<password>${password}</password></server>`;

  it('with a password are left out', () => {
    expect(found(server(PASSWORDS[0] ?? ''))).toEqual({
      what: 'a login of Maven',
      isPrivateKey: false,
      line: 1,
    });
    expect(found(server(`{${TOKEN}=}`))?.what).toBe('a login of Maven');
  });

  it('with a variable are none', () => {
    expect(found(server('$'.concat('{env.NEXUS_PW}')))).toBeNull();
  });
});

describe('what a search costs', () => {
  it.each([
    ...['password', 'password=', '"password",   ', 'pass:string | x = ', 'token: >-\n ', '<pass '],
    ...['mysql -', '.connect("a",', 'auth=("a","', 'echo a|sudo -S ', 'bearer a1B', '<server><id>'],
    ...['-----BEGIN A" "', '00000000: 2d2d 2d2d 2d2d 2d2d\n', '2d,2d,2d,2d,', ' "pw": "Aa1"'],
    ...['curl -u a -u a:', 'curl "\\\n"-', 'Basic QWxh', ` ${'eyJhbGciOiJkaXIiLCJlbmMiOiJBIn0'}..`],
  ])('1 MB of %j ends', (text) => {
    const hostile = Buffer.from(text.repeat(1024 ** 2 / text.length));
    expect(secretIn(hostile)).toBeNull();
  });
});
