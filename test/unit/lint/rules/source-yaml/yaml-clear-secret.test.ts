import { expect, test } from 'vitest';
import { yamlClearSecret } from '../../../../../src/lint/rules/source-yaml/yaml-clear-secret.ts';
import { maskedLines } from '../../../../../src/model/secrets/masked-lines.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const yaml = (text: string) => ({ files: withFiles({ 'sources/psrc.yaml': text }) });
const inDefault = (lines: string) =>
  yaml(`default:\n  interval: 1\n${lines.replace(/^/gm, '  ')}\n`);

test.each([
  ['password: hunter2', 'password'],
  ['password: "hunter2"', 'password'],
  ["'password': 'hunter2'", 'password'],
  ['saslPassword: hunter2 # of the broker', 'saslPassword'],
  ['api_key: 12ab', 'api_key'],
  ['apiKey: 12ab', 'apiKey'],
  ['token: 12345', 'token'],
  ['secret: |\n  hunter2', 'secret'],
  ['secretAccessKey: !!str wJa', 'secretAccessKey'],
  ['url: mysql://root:hunter2@db:3306/x', 'url'],
  ['pwd: hunter2', 'pwd'],
  ['db_pass: hunter2', 'db_pass'],
  ['connectionString: "Server=h;Password=zz9"', 'connectionString'],
  ['db: "Server=h;Password=zz9"', 'db'],
  ['dsn: "user:pa55@tcp(h)/db"', 'dsn'],
  ['server: mqtt://u:p@h', 'server'],
  ['auth: { user: a, password: hunter2 }', 'password'],
  ['Cookie: "sid=31d4d96e407aad42"', 'Cookie'],
  ['X-Auth-Key: 31d4d96e407aad42', 'X-Auth-Key'],
  ['sasKey: 31d4d96e', 'sasKey'],
  ['SharedAccessKey: 31d4d96e', 'SharedAccessKey'],
  ['appKey: 31d4d96e', 'appKey'],
  ['encryptionKey: 31d4d96e', 'encryptionKey'],
  ['basicAuth: "admin:hunter2"', 'basicAuth'],
  ['jwt: eyJhbGciOiJIUzI1NiJ9.e30.x', 'jwt'],
  ['bearer: 31d4d96e', 'bearer'],
  ['Authorization: "Bearer 31d4d96e"', 'Authorization'],
  ['licenseKey: 31d4d96e', 'licenseKey'],
  ['SharedAccessSignature: "sr=h&sig=aB3aB3aB3aB3&se=1"', 'SharedAccessSignature'],
  ['sas: 31d4d96e407aad42', 'sas'],
  ['sig: 31d4d96e407aad42', 'sig'],
  ['requestSignature: 31d4d96e407aad42', 'requestSignature'],
  ['deviceKey: 31d4d96e407aad42', 'deviceKey'],
  ['devicekey: 31d4d96e407aad42', 'devicekey'],
  ['cipher_key: q8Zt3LmXw', 'cipher_key'],
  ['cipherKeyHex: 31d4d96e407aad42', 'cipherKeyHex'],
  ['productKey: 550e8400-e29b-41d4-a716-446655440000', 'productKey'],
  ['hmac: 31d4d96e407aad42', 'hmac'],
  ['auth: 31d4d96e407aad42', 'auth'],
  ['auth: [31d4d96e407aad42]', 'auth'],
  ['ak: 31d4d96e407aad42', 'ak'],
  ['SK: s3cr3tK3y', 'SK'],
  ['baidu-sk: 31d4d96e407aad42', 'baidu-sk'],
  ['otp: J3SW2Y3D6EHP', 'otp'],
  ['sessionid: 31d4d96e407aad42', 'sessionid'],
  ['webhook: https://h.lan/hook/31d4d96e407aad42', 'webhook'],
  ['alertWebhookUrl: https://h.lan/hook/31d4d96e407aad42', 'alertWebhookUrl'],
  ['creds: hunter', 'creds'],
  ['rootpw: hunter', 'rootpw'],
  ['mima: hunter', 'mima'],
  ['пароль: hunter', 'пароль'],
  ['Пароль: hunter', 'Пароль'],
  ['contraseña: hunter', 'contraseña'],
  ['contrasen\u0303a: hunter', 'contrasen\u0303a'],
  ['senha: hunter', 'senha'],
  ['密码: hunter', '密码'],
  ['密钥: hunter', '密钥'],
  ['口令: hunter', '口令'],
  ['パスワード: hunter', 'パスワード'],
  ['비밀번호: hunter', '비밀번호'],
  ['Passwort: hunter', 'Passwort'],
  ['Kennwort: hunter', 'Kennwort'],
  ['mot_de_passe: hunter', 'mot_de_passe'],
  ['"mot de passe": hunter', 'mot de passe'],
  ['motDePasse: hunter', 'motDePasse'],
  ['mdp: hunter', 'mdp'],
  ['url: https://h/?token=abc', 'url'],
  ['url: "https://h/x?a=1&api_key=abc"', 'url'],
  ['url: https://h/?access_token=abc#x', 'url'],
  ['url: "https://h/c?sv=2022&sig=abc"', 'url'],
  ['header: "Authorization: Bearer 31d4d96e"', 'header'],
  ['header: "X-Auth-Key: 31d4d96e"', 'header'],
  ['cmd: mysql -phunter2', 'cmd'],
  ['cmd: curl -u admin:hunter2 http://x', 'cmd'],
  ['cmd: "x --password hunter2"', 'cmd'],
  ['args: ["--password", "hunter2"]', 'args'],
  ['args:\n  - --token\n  - hunter2', 'args'],
  ['headers: ["Authorization: Bearer 31d4d96e"]', 'headers'],
  ['urls:\n  - https://h/?token=abc', 'urls'],
  ['token:\n  - abc', 'token'],
  ['brokers:\n  - { host: h, password: hunter2 }', 'password'],
  ['settings:\n  - name: password\n    value: hunter2', 'value'],
  ['setting: { name: apiKey, value: hunter2 }', 'value'],
])('%s', async (lines, key) => {
  const found = short(await findingsOf(yamlClearSecret, inDefault(lines)));
  expect(found.map((text) => text.replace(/^\d+:\d+ /, ''))).toEqual([
    `"${key}" is a secret in clear text`,
  ]);
  // What is warned of is never shown, neither by diff nor below a finding.
  const text = `default:\n${lines.replace(/^/gm, '  ')}`.split('\n');
  expect(maskedLines('sources/psrc.yaml', text)).not.toEqual(text);
});

test.each(
  [
    ['password: ""'],
    ['password:'],
    ['password: null'],
    ['password: "******"'],
    ['password: <your password>'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people write into YAML
    ['password: ${DB_PASSWORD}'],
    ['password: "{{ .password }}"'],
    ['password: changeme'],
    ['password: password'],
    ['password: /run/secrets/db'],
    ['token: false'],
    ['tokenUrl: https://login.example.com/token'],
    ['passwordFile: /run/secrets/db'],
    ['maxTokens: 100'],
    ['keyField: id'],
    ['lowPass: 10'],
    ['dsn: "file:test.db"'],
    ['cookie: true'],
    ['cookieName: sid'],
    ['jwt: HS256'],
    ['jwtIssuer: me'],
    ['basicAuth: enabled'],
    ['encryptionKey: /etc/key'],
    ['bearer: <token>'],
    ['mapKey: id'],
    ['primaryKey: id'],
    ['authKeyFile: /etc/key'],
    ...['partitionKey: 31d4d96e407aad42', 'sortKey: a1b2c3d4e5', 'foreign_key: a1b2c3d4e5'],
    ...['topicKey: a1b2c3d4e5', 'keyword: a1b2c3d4e5', 'key: a1b2c3d4e5', 'monkey: a1b2c3d4e5'],
    ...['auth: none', 'auth: true', 'auth: basic', 'auth: oauth2', 'auth: oauth2client', 'auth: 1'],
    ...[
      'deviceKey: id',
      'deviceKey: device_01',
      'deviceKey: deviceSerialNumber',
      'deviceKey: sn01',
    ],
    ...['deviceKey: /etc/keys/a1b2c3d4e5', 'deviceKey: <device key>', 'hmac: sha256'],
    ...[
      'hmac: HMAC-SHA256',
      'sig: left',
      'sig: RS256',
      'otp: true',
      'otp: 6',
      'ak: none',
      'sk: ""',
    ],
    ...[
      'sas: false',
      'signature: v4',
      'sessionId: auto',
      'webhook: http://127.0.0.1:8080/hooks/alarm',
    ],
    ...['auth: http://h/oauth2/a1b2c3d4e5', 'authority: a1b2c3d4e5', 'sketch: a1b2c3d4e5'],
    ...['design: a1b2c3d4e5', 'bak: a1b2c3d4e5', 'minima: 10', 'author: a1b2c3d4e5'],
    ['url: https://h/?token_type=x&tokens=5'],
    ['url: "https://h/?token={{ .token }}"'],
    ['url: https://h/?key=id&sort=sig'],
    ['url: mqtt://user@h'],
    ['args: ["--password", "/run/secrets/db"]'],
    ['args: ["--password-file", "x", "password"]'],
    ['headers: ["Accept: text/plain"]'],
    ['fields: [password, token]'],
    ['setting: { name: interval, value: 5 }'],
    ['auth: "Authorization: Bearer"'],
    ['url: tcp://127.0.0.1:1883'],
    ['url: mysql://db:3306/x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people write into YAML
    ['url: "mysql://root:${PASSWORD}@db/x"'],
  ].flat(),
)('nothing is wrong with %s', async (lines) => {
  expect(await findingsOf(yamlClearSecret, inDefault(lines))).toEqual([]);
});

test('says what each eKuiper shows', async () => {
  const plugin = inDefault('secret: hunter2');
  const [newest] = await findingsOf(yamlClearSecret, plugin);
  expect(newest).toMatchObject({
    severity: 'warning',
    line: 3,
    effect: expect.stringContaining('GET /metadata/sources/yaml/psrc shows it as it is'),
  });
  const [old] = await findingsOf(yamlClearSecret, plugin, '1.14');
  expect(old?.effect).toContain('puts stars in place of "password"');
});
