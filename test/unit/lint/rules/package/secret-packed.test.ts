import { expect, test } from 'vitest';
import { secretPacked } from '../../../../../src/lint/rules/package/secret-packed.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n';

test.each([
  ['.env', '', 1],
  ['app/.env.production', '', 1],
  ['.env.example', '', 0],
  ['environment.py', '', 0],
  ['id_rsa', '', 1],
  ['id_rsa.pub', '', 0],
  ['store.p12', '', 1],
  ['.npmrc', '', 1],
  ['secrets.json', '{}', 1],
  ['lib/secrets.py', '', 0],
  ['sources/secrets.json', '{}', 0],
  ['infra/prod.tfstate', '{}', 1],
  ['certs/client.key', KEY, 1],
  ['certs/client.pem', `${CERTIFICATE}${KEY}`, 1],
  ['certs/ca.pem', CERTIFICATE, 0],
  ['keyboard.py', KEY, 0],
])('%s', async (path, text, count) => {
  const files = withFiles({ [path]: text });
  const found = await findingsOf(secretPacked, { files, form: 'zip' });
  expect(found.map(({ file }) => file)).toEqual(Array(count).fill(path));
});

test.each([
  ['.ssh/config', '.ssh'],
  ['home/.config/gcloud/credentials.db', 'home/.config/gcloud'],
])('%s is told as the folder %s', async (path, folder) => {
  const found = await findingsOf(secretPacked, { files: withFiles({ [path]: '' }), form: 'zip' });
  expect(found.map(({ file, message }) => [file, message])).toEqual([
    [folder, expect.stringContaining('This looks like a secret: ')],
  ]);
});

test('a project has none: pack leaves them out, or a line asks for them', async () => {
  expect(await findingsOf(secretPacked, { files: withFiles({ '.env': '' }) })).toEqual([]);
});

test('a repository is one finding', async () => {
  const files = withFiles({ '.git/': '', '.git/HEAD': '', '.git/config': '' });
  const found = await findingsOf(secretPacked, { files, form: 'zip' });
  expect(found.map(({ file }) => file)).toEqual(['.git']);
});
