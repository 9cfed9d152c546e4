import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PluginHost } from '../../../src/host/host.ts';
import type { Target } from '../../../src/model/target.ts';
import type { Listening } from '../../../src/server/listening.ts';
import { type Served, startServer } from '../../../src/server/server.ts';

/** An embedded host behind its server, in this process. */
export interface OneHost {
  /** As `--host` takes it: `127.0.0.1:1234`. */
  readonly address: string;
  /** What changed it, in order: `POST /config/uploads`, `PUT /plugins/portables/x`. */
  readonly changes: string[];
  /** Every request, in order. */
  readonly requests: string[];
  readonly host: PluginHost;
  readonly server: Listening;
}

/**
 * Many embedded hosts on loopback in one process. They play an eKuiper that starts no plugin when it installs one
 * (1.14): two hundred starting hosts would be two hundred Pythons, and all of one plugin's sockets in /tmp have the
 * same name.
 */
export class ManyHosts {
  readonly #folder: string;
  readonly all: readonly OneHost[];

  private constructor(folder: string, all: readonly OneHost[]) {
    this.#folder = folder;
    this.all = all;
  }

  static async open(count: number, target: Target = '1.14'): Promise<ManyHosts> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-many-'));
    const all: OneHost[] = [];
    for (let index = 0; index < count; index += 1) {
      all.push(await openOne(path.join(folder, String(index)), target));
    }
    return new ManyHosts(folder, all);
  }

  /** `--host a --host b …` */
  get flags(): string[] {
    return this.all.flatMap(({ address }) => ['--host', address]);
  }

  async close(): Promise<void> {
    for (const { host, server } of this.all) {
      await server.close();
      await host.close();
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function openOne(root: string, target: Target): Promise<OneHost> {
  const changes: string[] = [];
  const requests: string[] = [];
  const now = (): number => performance.now();
  const host = new PluginHost({
    root,
    target,
    python: 'python3',
    initTimeoutMs: 1000,
    env: process.env,
    onEvent: () => {},
    now,
    socketFolder: '/tmp',
    machine: { platform: process.platform, architecture: process.arch },
  });
  await host.open();
  await host.boot();
  const server = await startServer({
    host,
    target,
    listen: { address: '127.0.0.1', port: 0 },
    isLocalOnly: true,
    now,
    onServed: ({ method, path: url }: Served) => {
      requests.push(`${method} ${url}`);
      if (method !== 'GET') changes.push(`${method} ${url}`);
    },
  });
  return { address: server.url.replace('http://', ''), changes, requests, host, server };
}
