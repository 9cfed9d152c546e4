import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Mood = 'refuse' | 'echo' | 'serve';
export type CredentialKind = 'token' | 'token-file' | 'key-file';

/** A host that notes which tokens it gets and, when it is in the mood, says them again in every form it can think of. */
export interface SecretWorld {
  readonly folder: string;
  readonly host: string;
  /** Any token of `token` and `token-file`; what a key signed is in `seen`. */
  readonly token: string;
  readonly seen: Set<string>;
  mood: Mood;
  credentials(by: CredentialKind): Record<string, string>;
  /** The secrets that a text holds. */
  leaksIn(text: string): string[];
  close(): Promise<void>;
}

const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"iss":"a-secret-issuer"}').toString('base64url')}.${'S3cr3tSignature'.repeat(4)}`;

const SPY = fileURLToPath(new URL('child-spy.cjs', import.meta.url));

/** What may lie about after kplugin has run: everything that it wrote, and what it gave to the programs it started. */
export interface Traces {
  /** For kplugin: its folders for temporary files, settings and home are here, and its children are noted. */
  readonly env: Readonly<Record<string, string>>;
  /** What each child was given: program, arguments, environment. */
  children(): Promise<string[]>;
  /** Every file below the folder by its path, without those that are secret themselves. */
  files(): Promise<ReadonlyMap<string, string>>;
}

/** Follows what runs of kplugin leave in that folder. `secret`: files that hold secrets by right. */
export async function traces(folder: string, secret: RegExp): Promise<Traces> {
  const noted = path.join(folder, 'children.log');
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  return {
    env: {
      NODE_OPTIONS: `--require ${SPY}`,
      CHILD_SPY: noted,
      TMPDIR: temporary,
      HOME: path.join(folder, 'home'),
      XDG_CONFIG_HOME: path.join(folder, 'xdg'),
      KPLUGIN_CONFIG: path.join(folder, 'config'),
    },
    async children() {
      const text = await readFile(noted, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    async files() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const own = entries
        .filter((entry) => entry.isFile() && !secret.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name));
      const read = own.map(async (file) => [file, await readFile(file, 'latin1')] as const);
      return new Map(await Promise.all(read));
    },
  };
}

/** A folder with a plugin, a key and a token, and a host on loopback. */
export async function secretWorld(pem: string): Promise<SecretWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-secrets-'));
  const keyFile = await secretFile(folder, 'edge1.pem', pem);
  const tokenFile = await secretFile(folder, 'edge1.jwt', TOKEN);
  await plugin(path.join(folder, 'plugin'));
  const seen = new Set<string>();
  const server = http.createServer((request, response) => answer(world, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  const world: SecretWorld = {
    folder,
    host: `127.0.0.1:${port}`,
    token: TOKEN,
    seen,
    mood: 'refuse',
    credentials: (by) =>
      by === 'token'
        ? { KPLUGIN_TOKEN: TOKEN }
        : by === 'token-file'
          ? { KPLUGIN_TOKEN_FILE: tokenFile }
          : { KPLUGIN_KEY_FILE: keyFile },
    leaksIn: (text) => secretsOf(seen, pem).filter((secret) => text.includes(secret)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** Whole tokens, their payloads and signatures, and the lines of the key. */
function secretsOf(seen: ReadonlySet<string>, pem: string): string[] {
  const tokens = [TOKEN, ...seen];
  const parts = tokens.flatMap((token) => token.split('.').slice(1));
  const lines = pem.split('\n').filter((line) => line.length > 20 && !line.includes('---'));
  return [...new Set([...tokens, ...parts, ...lines])];
}

function answer(
  world: SecretWorld,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  request.resume();
  const token = request.headers.authorization ?? '';
  if (token !== '') world.seen.add(token);
  const known = ANSWERS[request.url ?? ''];
  if (request.url === '/' || (world.mood === 'serve' && known !== undefined)) {
    response.end(known);
    return;
  }
  if (world.mood === 'refuse') {
    response.writeHead(401).end('validate token error: token signature is invalid');
    return;
  }
  const half = token.length / 2;
  const words = `no: ${token} / Bearer ${token} / ${token.slice(0, half)}\u001b[0m${token.slice(half)}`;
  response.writeHead(400, { location: `/${token}`, 'x-echo': token });
  response.end(JSON.stringify({ error: 1000, message: words }));
}

const ANSWERS: Readonly<Record<string, string>> = {
  '/': '{"version":"2.4.0","os":"linux","arch":"amd64","upTimeSeconds":1}',
  '/plugins/portables': '[]',
  '/rules': '[]',
  '/config/uploads': '[]',
  '/data/export': '{}',
};

async function plugin(folder: string): Promise<void> {
  await mkdir(folder);
  const manifest = { name: 'probe', version: '1.0.0', language: 'python', executable: 'main.py' };
  await writeFile(
    path.join(folder, 'probe.json'),
    JSON.stringify({ ...manifest, sources: [], sinks: [], functions: ['probefn'] }),
  );
  await writeFile(path.join(folder, 'main.py'), 'print("probe")\n');
}

async function secretFile(folder: string, name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  await chmod(file, 0o600);
  return file;
}
