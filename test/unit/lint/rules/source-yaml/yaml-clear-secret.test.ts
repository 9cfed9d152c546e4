import { expect, test } from 'vitest';
import { yamlClearSecret } from '../../../../../src/lint/rules/source-yaml/yaml-clear-secret.ts';
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
])('%s', async (lines, key) => {
  const found = short(await findingsOf(yamlClearSecret, inDefault(lines)));
  expect(found.map((text) => text.replace(/^\d+:\d+ /, ''))).toEqual([
    `"${key}" is a secret in clear text`,
  ]);
});

test.each([
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
  ['url: tcp://127.0.0.1:1883'],
  ['url: mysql://db:3306/x'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what people write into YAML
  ['url: "mysql://root:${PASSWORD}@db/x"'],
])('nothing is wrong with %s', async (lines) => {
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
