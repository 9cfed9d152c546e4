import { afterEach, describe, expect, test } from 'vitest';
import { TARGETS } from '../../../src/model/target.ts';
import { type RecordedCase, recordedCases } from '../../e2e/conformance/cases.ts';
import { describeWith } from '../../toolchain/require.ts';
import { sharedFolder } from '../../toolchain/shared.ts';
import { clientFor, type FakeServer, fakeHttp } from './fake-server.ts';

const servers: FakeServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A fake that gives a case's recorded answers, one after the other, whatever is asked. */
async function replaying(
  one: RecordedCase | undefined,
): Promise<{ host: string; asked: string[] }> {
  const answers = (one?.steps ?? []).flatMap(({ recorded }) => (recorded ? [recorded] : []));
  const asked: string[] = [];
  const server = await fakeHttp((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? '-'}`);
    request.resume().on('end', () => {
      const { status = 500, type = '', body = '' } = answers.shift() ?? {};
      // The recorder wrote $HOME for the server's folder, and * for numbers.
      const sent = body.replaceAll('$HOME', '/kuiper').replaceAll('"*"', '7');
      response.writeHead(status, { 'content-type': type ?? '' }).end(sent);
    });
  });
  servers.push(server);
  return { host: `127.0.0.1:${server.port}`, asked };
}

const upload = {
  name: 'probe.zip',
  size: 3,
  chunks: async function* () {
    yield Buffer.from('zip');
  },
};
const registration = { name: 'probe', file: 'file:///x/probe.zip', shellParas: [] };

await describeWith(
  'the client and what six real eKuipers answered',
  () => sharedFolder('conformance'),
  (folder) => {
    describe.each(Object.entries(TARGETS))('%s: %s', (line, version) => {
      // The table of targets names exactly these lines.
      const cases = recordedCases(folder, line as keyof typeof TARGETS);
      const open = async (name: string) => {
        const { host, asked } = await replaying(cases.find((one) => one.name === name));
        return { client: clientFor(host), asked };
      };

      test('says who it is', async () => {
        const { client } = await open('root');
        expect(await client.info()).toMatchObject({
          version,
          target: line,
          os: 'linux',
          arch: 'amd64',
        });
      });

      test('upload, install, list, describe, status, export', async () => {
        const { client, asked } = await open('good');
        expect(await client.upload(upload, () => {})).toBe('/kuiper/data/uploads/probe.zip');
        await client.create(registration, 10_000);
        const probe = { name: 'probe', version: '1.0.0', sources: ['psrc'], functions: ['pfn'] };
        expect(await client.plugins()).toMatchObject([probe]);
        expect(await client.plugin('probe')).toMatchObject(probe);
        const status = line === '1.14' ? null : { state: 'running', error: '' };
        expect((await client.status('probe')) ?? null).toEqual(
          status && expect.objectContaining(status),
        );
        const file = 'file:///kuiper/data/uploads/probe.zip';
        expect((await client.registrations()).get('probe')).toEqual({
          name: 'probe',
          file,
          shellParas: [],
        });
        expect(asked[0]).toMatch(/^POST \/config\/uploads multipart\/form-data; boundary=/);
        expect(asked[1]).toBe('POST /plugins/portables application/json');
      });

      test('the path of an upload, unescaped', async () => {
        const { client } = await open('upload.amp');
        expect(await client.upload(upload, () => {})).toBe("/kuiper/data/uploads/a&b'c.zip");
      });

      test('an unknown plugin', async () => {
        expect(await (await open('unknown.describe')).client.plugin('nope')).toBeNull();
        expect(await (await open('unknown.status')).client.status('nope')).toBeNull();
        expect(await (await open('unknown.delete')).client.remove('nope')).toBe(false);
      });

      test('a refusal keeps its words', async () => {
        const { client } = await open('body.noname');
        await client.upload(upload, () => {});
        await expect(client.create(registration, 10_000)).rejects.toMatchObject({
          kind: 'refused',
          code: 'host-refused-empty-name',
          status: 400,
          words: 'portable plugin create command error: invalid name : should not be empty',
        });
      });

      test("install.sh's words come through, escaped or not", async () => {
        const { client } = await open('install.fails');
        await client.upload(upload, () => {});
        await expect(client.create(registration, 10_000)).rejects.toMatchObject({
          code: 'host-refused-install-script-failed',
          words: expect.stringContaining('stdout:some out\n stderr:some "err"'),
        });
      });

      test('uploads are listed', async () => {
        const { client } = await open('upload.list');
        await client.upload(upload, () => {});
        expect(await client.uploads()).toEqual(['/kuiper/data/uploads/probe.zip']);
      });
    });
  },
);
