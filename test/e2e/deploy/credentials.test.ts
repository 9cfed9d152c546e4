import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kplugin, type Run } from '../../bin/run.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeWith } from '../../toolchain/require.ts';
import { pkcs8, rsaPair } from '../../unit/client/auth/keys.ts';
import { type Authority, authority } from './authority.ts';
import { Gate } from './gate.ts';
import { writeProject } from './project.ts';
import { type Traces, traces } from './secret-world.ts';
import { World } from './world.ts';

const NAME = 'kphcred';

await describeWith(
  'a host that wants a token, TLS and a client certificate',
  sdkPython,
  (python) => {
    const pair = rsaPair();
    const pem = pkcs8(pair);
    let folder: string;
    let world: World;
    let gate: Gate;
    let company: Authority;
    let left: Traces;
    let token: string;
    /** All that kplugin printed in this file. */
    const printed: string[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'kplugin-credentials-'));
      world = await World.open(python);
      left = await traces(folder, /^(edge1\.pem|edge1\.jwt|.*\.key)$/);
      company = await authority(folder, 'company');
      const { cert, key } = await company.issue(['127.0.0.1']);
      gate = await Gate.open({
        upstream: world.host,
        keys: new Map([['edge1.pub', pair.publicKey]]),
        tls: { cert, key, ca: company.cert, requestCert: true, rejectUnauthorized: true },
      });
      await writeFile(path.join(folder, 'edge1.pem'), pem, { mode: 0o600 });
      token = await new SignJWT()
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer('edge1.pub')
        .setAudience('eKuiper')
        .setExpirationTime('1h')
        .sign(pair.privateKey);
      await company.client('me');
      await (await authority(folder, 'stranger')).client('stranger');
      await writeProject(folder, { name: NAME, version: '1.0.0' });
    });
    afterAll(async () => {
      await gate.close();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    });

    async function run(
      args: readonly string[],
      env: Readonly<Record<string, string>> = {},
    ): Promise<Run> {
      const done = await kplugin(args, {
        cwd: folder,
        env: { ...left.env, KPLUGIN_RETRIES: '0', ...env },
      });
      printed.push(done.stdout, done.stderr);
      return done;
    }

    const address = () => `https://127.0.0.1:${gate.port}`;
    const add = (name: string, ...flags: readonly string[]) =>
      run(['host', 'add', name, address(), ...flags]);
    const CA = ['--ca-file', 'company.pem'];
    const KEY = ['--key-file', 'edge1.pem'];
    const SHOWN = ['--cert-file', 'me.pem', '--cert-key-file', 'me.key'];

    test('a key file: added, tested, installed, looked at, removed', async () => {
      expect((await add('edge1', ...CA, ...KEY, ...SHOWN)).code).toBe(0);
      expect((await run(['host', 'test', 'edge1'])).stdout).toMatch(/eKuiper 2\.4\.\d+ +ok\n$/);
      const host = ['--host', 'edge1'];
      const installed = await run(['install', NAME, ...host, '--verbose']);
      expect(installed.stdout).toContain(`installed ${NAME} 1.0.0 on edge1: running`);
      expect((await run(['status', NAME, ...host])).code).toBe(0);
      const doctor = await run(['doctor', ...host]);
      expect(doctor.stdout).toContain('it accepts the token');
      expect(doctor.stdout).toContain('it does not trust the published key sample_key.pub');
      expect(doctor.code).toBe(0);
      expect((await run(['remove', NAME, '--yes', ...host])).code).toBe(0);
      expect(gate.passed).toBeGreaterThan(5);
    });

    test('a token of the environment does the same', async () => {
      const env = {
        KPLUGIN_HOST: address(),
        KPLUGIN_TOKEN: token,
        KPLUGIN_CA_FILE: 'company.pem',
        KPLUGIN_CERT_FILE: 'me.pem',
        KPLUGIN_CERT_KEY_FILE: 'me.key',
      };
      const installed = await run(['install', NAME, '--json', '--verbose'], env);
      expect(JSON.parse(installed.stdout)).toMatchObject({ ok: true });
      expect((await run(['doctor', '--verbose'], env)).code).toBe(0);
      expect((await run(['remove', NAME, '--yes', '--prune'], env)).code).toBe(0);
      expect(gate.tokens).toContain(token);
    });

    test.each<[string, string, readonly string[], RegExp]>([
      ['no token', 'no-token', [...CA, ...SHOWN], /refused to list its plugins: missing_token/],
      [
        'a key that the host does not know',
        'no-key',
        [...CA, ...SHOWN, ...KEY, '--issuer', 'nobody.pub'],
        /not found target key file nobody\.pub/,
      ],
      [
        'tokens for somebody else',
        'no-audience',
        [...CA, ...SHOWN, ...KEY, '--audience', 'x'],
        /audience field should contain eKuiper, but got \[x\]/,
      ],
      ['an unknown CA', 'no-ca', [...KEY, ...SHOWN], /not signed by a trusted CA/],
      ['no client certificate', 'no-cert', [...CA, ...KEY], /wants a client certificate/],
      [
        "a stranger's client certificate",
        'stranger',
        [...CA, ...KEY, '--cert-file', 'stranger.pem', '--cert-key-file', 'stranger.key'],
        /certificate/,
      ],
      [
        'a key that is not that of the certificate',
        'other-key',
        [...CA, ...KEY, '--cert-file', 'me.pem', '--cert-key-file', 'stranger.key'],
        /no private key that fits the certificate/,
      ],
    ])('%s: nothing gets through, and it is said what to do', async (_what, name, flags, words) => {
      expect((await add(name, ...flags)).code).toBe(0);
      const before = gate.passed;
      const tried = await run(['install', NAME, '--host', name]);
      expect(tried.code).toBeGreaterThan(1);
      expect(tried.stderr).toMatch(words);
      expect(tried.stderr).toMatch(/^ {2}fix {2}./m);
      // GET / is open to everybody who got as far as that.
      expect(gate.passed - before).toBeLessThanOrEqual(1);
      expect((await run(['host', 'test', name])).code).toBeGreaterThan(1);
    });

    test('of all that, no secret is left anywhere', async () => {
      const lines = pem.split('\n').filter((line) => line.length > 20 && !line.includes('---'));
      const parts = [token, ...gate.tokens].flatMap((one) => [one, ...one.split('.').slice(1)]);
      const secrets = [...lines, ...parts];
      expect(gate.tokens.size).toBeGreaterThan(1);
      const leaked = (where: string, text: string): string[] =>
        secrets.some((secret) => text.includes(secret)) ? [where] : [];
      const files = [...(await left.files())].flatMap(([file, text]) => leaked(file, text));
      const children = (await left.children()).flatMap((child) => leaked(child, child));
      expect((await left.children()).length).toBeGreaterThan(0);
      const onHost = leaked('what the host got', Buffer.concat(gate.bodies).toString('latin1'));
      const output = leaked('what was printed', printed.join('\n'));
      expect([...files, ...children, ...onHost, ...output]).toEqual([]);
    });
  },
);
