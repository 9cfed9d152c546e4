import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Target } from '../../../src/model/target.ts';
import { openRestHost, type RestHost } from '../../fixtures/rest-host.ts';

/** One of many: what was asked of it. */
export interface OneHost extends RestHost {
  /** What changed it, in order: `POST /config/uploads`, `PUT /plugins/portables/x`. */
  readonly changes: string[];
  /** Every request, in order. */
  readonly requests: string[];
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
    for (const one of this.all) await one.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function openOne(root: string, target: Target): Promise<OneHost> {
  const changes: string[] = [];
  const requests: string[] = [];
  const opened = await openRestHost(root, target, ({ method, path: url }) => {
    requests.push(`${method} ${url}`);
    if (method !== 'GET') changes.push(`${method} ${url}`);
  });
  return { ...opened, changes, requests };
}
