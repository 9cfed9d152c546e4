import { expect, test } from 'vitest';
import { secretPacked } from '../../../../../src/lint/rules/package/secret-packed.ts';
import { craftZip } from '../../../../fixtures/crafted-zip.ts';
import { fakePem, repeated } from '../../../../fixtures/fake-secrets.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const KEY = fakePem('RSA PRIVATE KEY');
const CERTIFICATE = fakePem('CERTIFICATE');

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
  ['keyboard.py', `KEY = """${KEY}"""`, 1],
  ['sources/psrc.yaml', `default:\n  token: ghp_${repeated('aB3', 36)}\n`, 1],
  ['lib/net.py', 'BROKER = "mqtt://edge:hunter2@broker.lan:1883"', 1],
  // The rule yaml-clear-secret warns of it; a token behind it is another matter.
  ['sources/psrc.yaml', 'default:\n  server: mqtt://edge:hunter2@broker.lan:1883\n', 0],
  ['sources/psrc.yaml', `a: mqtt://e:hunter2@h\nb: ghp_${repeated('aB3', 36)}\n`, 1],
  ['data.bin', '\0\u0001', 0],
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

test.each([
  ['/root/.ssh', 1],
  ['../../home/u/.aws/credentials', 1],
  ['/etc/app/.env', 1],
  ['id_rsa', 1],
  ['.git', 1],
  ['lib/model.bin', 0],
  ['.ssh.md', 0],
])('a link to %s', async (target, count) => {
  const files = withFiles({ keys: { text: target, mode: 0o777, kind: 'symlink' } });
  const found = await findingsOf(secretPacked, { files, form: 'zip' });
  expect(found.map(({ file }) => file)).toEqual(Array(count).fill('keys'));
  if (count > 0) expect(found[0]?.message).toContain(`it leads to ${target}; such`);
});

test('it says what is where', async () => {
  const files = withFiles({ 'lib/a.py': `# a\nT = "glpat-${repeated('aB3', 20)}"\n` });
  const [finding] = await findingsOf(secretPacked, { files, form: 'zip', label: 'p.zip' });
  expect(finding).toMatchObject({
    file: 'lib/a.py',
    severity: 'warning',
    message: 'This looks like a secret: it holds a GitLab token in line 2',
    hint: expect.stringContaining('kplugin pack --from p.zip: it leaves such files out'),
  });
});

test.each([
  ['.npmrc', '', /names it \(!…\); nothing turns this warning about the zip off$/],
  ['a.crt', KEY, /no line lets in a private key or a PKCS#12 key store$/],
  ['id_rsa', KEY, /no line lets in a private key or a PKCS#12 key store$/],
])('it says whether anything lets %s in', async (path, text, hint) => {
  const files = withFiles({ [path]: text });
  const [finding] = await findingsOf(secretPacked, { files, form: 'zip', label: 'p.zip' });
  expect(finding?.hint).toMatch(hint);
});

test('a project has none: pack leaves them out, or a line asks for them', async () => {
  expect(await findingsOf(secretPacked, { files: withFiles({ '.env': '' }) })).toEqual([]);
});

test('a repository is one finding', async () => {
  const files = withFiles({ '.git/': '', '.git/HEAD': '', '.git/config': '' });
  const found = await findingsOf(secretPacked, { files, form: 'zip' });
  expect(found.map(({ file }) => file)).toEqual(['.git']);
});

test('it says how many files it did not search', async () => {
  const many = Array.from({ length: 10_002 }, (_, at) => [`data/${at}`, 'x'] as const);
  const spec = { files: withFiles(Object.fromEntries(many)), form: 'zip', label: 'p.zip' } as const;
  const found = await findingsOf(secretPacked, spec);
  expect(found).toMatchObject([
    {
      severity: 'info',
      file: 'p.zip',
      message: '5 files were not searched to the end for private keys and tokens',
      effect: expect.stringContaining('limits of kplugin: it stops after 10,000 files or 64 MiB'),
    },
  ]);
});

test.each([
  ['an encrypted entry', { flags: 1 }, 1],
  ['an entry in another compression', { method: 12 }, 1],
  ['what it unpacks', {}, 0],
])('it says that it did not search a zip inside with %s', async (_name, fields, count) => {
  const inside = craftZip({ entries: [{ name: 'a.txt', content: 'a', ...fields }] });
  const files = withFiles({ 'lib/data.whl': inside });
  const found = await findingsOf(secretPacked, { files, form: 'zip', label: 'p.zip' });
  const told = {
    severity: 'info',
    message: '1 file was not searched to the end for private keys and tokens',
    effect: expect.stringContaining('encrypted or compressed in another way than deflate'),
    hint: expect.stringContaining('names those that it searched in part'),
  };
  expect(found).toMatchObject(Array(count).fill(told));
});

test('a file of nothing but beginnings ends the search, and is told', async () => {
  const key = `a: 1\n${KEY}`;
  const hostile = Buffer.alloc(12 * 1024 ** 2, '-----BEGIN PRIVATE KEY-----\n').toString('latin1');
  const files = withFiles({ 'a/key.txt': key, 'z.bin': hostile, 'z2.bin': `${hostile} ` });
  const found = await findingsOf(secretPacked, { files, form: 'zip', label: 'p.zip' });
  expect(found).toMatchObject([
    { file: 'a/key.txt', message: expect.stringContaining('a private key') },
    { file: 'p.zip', message: expect.stringContaining('files were not searched to the end') },
  ]);
});

test('a likely password in a zip is told without a promise that pack leaves it out', async () => {
  const files = withFiles({ 'lib/net.py': 'BROKER = "mqtt://edge:hunter2@broker.lan:1883"' });
  const [found] = await findingsOf(secretPacked, { files, form: 'zip', label: 'p.zip' });
  expect(found).toMatchObject({
    message: 'This looks like a secret: it holds a password in a URL in line 1',
    hint: expect.stringContaining('then pack the plugin anew'),
  });
});
