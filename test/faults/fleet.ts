import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ManyHosts } from '../e2e/rollout/many-hosts.ts';
import { Command, type Ended } from './command.ts';
import { FaultProxy, type Placed } from './proxy.ts';
import { isChange } from './request-kind.ts';
import { type HostTold, toldOf } from './rollout-told.ts';
import { TOKEN } from './token.ts';
import { outputWrongs } from './verdict.ts';
import { writeVersion } from './versions.ts';
import { WarmKplugin } from './warm.ts';

const NAME = 'kpbm';
export const [ONE, TWO] = ['1.0.0', '2.0.0'] as const;

/** Three hosts of eKuiper 1.14's manners, each behind a proxy, and a kplugin that installs on all of them. */
export class Fleet {
  readonly #folder: string;
  readonly #warm: WarmKplugin;
  #many: ManyHosts | null = null;
  #proxies: FaultProxy[] = [];

  static async open(): Promise<Fleet> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-faults-'));
    await mkdir(path.join(folder, 'tmp'));
    for (const version of [ONE, TWO]) writeVersion(folder, NAME, version);
    return new Fleet(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.#warm = new WarmKplugin(folder);
  }

  /** New hosts, each with version 1.0.0. */
  async installed(): Promise<void> {
    await this.#leave();
    this.#many = await ManyHosts.open(3);
    for (const { address } of this.#many.all) {
      this.#proxies.push(await FaultProxy.start(`http://${address}`));
    }
    const { code, stderr } = await this.run(ONE);
    if (code !== 0) throw new Error(`no ${ONE}: ${stderr}`);
    for (const proxy of this.#proxies) await proxy.clear();
  }

  async close(): Promise<void> {
    this.#warm.close();
    await this.#leave();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #leave(): Promise<void> {
    await Promise.all(this.#proxies.splice(0).map((proxy) => proxy.close()));
    await this.#many?.close();
    this.#many = null;
  }

  /** What each host has. */
  versions(): (string | null)[] {
    const all = this.#many?.all ?? [];
    return all.map(({ host }) => host.list().find(({ name }) => name === NAME)?.version ?? null);
  }

  /** How often a host was asked for a change. */
  changes(index: number): number {
    return this.#proxies[index]?.seen.filter(({ kind }) => isChange(kind)).length ?? 0;
  }

  at(index: number, placed: Placed): void {
    this.#proxies[index]?.place(placed);
  }

  get hits(): number {
    return this.#proxies.reduce((sum, proxy) => sum + proxy.hits, 0);
  }

  run(version: string, ...more: readonly string[]): Promise<Ended> {
    return this.#warm.run(this.#args(version, more), this.#env());
  }

  start(version: string, ...more: readonly string[]): Command {
    return new Command(this.#args(version, more), this.#folder, this.#env());
  }

  /** What a kplugin that was killed had there. */
  async forgetTemporary(): Promise<void> {
    await rm(path.join(this.#folder, 'tmp'), { recursive: true });
    await mkdir(path.join(this.#folder, 'tmp'));
  }

  #args(version: string, more: readonly string[]): string[] {
    const hosts = this.#proxies.flatMap(({ host }) => ['--host', host]);
    return ['install', `${NAME}-${version}.zip`, '--json', '--parallel', '1', ...more, ...hosts];
  }

  #env(): Record<string, string> {
    const TMPDIR = path.join(this.#folder, 'tmp');
    return { KPLUGIN_TOKEN: TOKEN, KPLUGIN_TIMEOUT: '20s', TMPDIR };
  }

  /** Each host has one of the two versions, none only where nobody could put it back, and its line says which. */
  judged(ended: Ended, mayBeNone = false): string[] {
    const now = this.versions();
    const told = toldOf(ended);
    return [
      ...outputWrongs(ended),
      ...now.flatMap((version, index) =>
        version === null && !mayBeNone ? [`host ${index + 1} has none`] : [],
      ),
      ...now.flatMap((version, index) => wrongs(told[index], version, index)),
    ];
  }

  /**
   * The same command again, with nothing broken: goes on, and leaves alone what is done. `interrupted`: the host at which
   * kplugin was killed; eKuiper 1.14 cannot tell whether that one came to run, so it is done again.
   */
  async goesOn(interrupted: number | null = null): Promise<string[]> {
    const done = this.versions().map((version, index) => version === TWO && index !== interrupted);
    for (const proxy of this.#proxies) await proxy.clear();
    const ended = await this.run(TWO);
    const wrong = this.judged(ended);
    if (ended.code !== 0) wrong.push(`ended with ${ended.code}`);
    const now = this.versions();
    if (now.some((version) => version !== TWO)) wrong.push(`has ${now.join(', ')}`);
    done.forEach((isDone, index) => {
      const registers = this.#proxies[index]?.seen.some(({ kind }) => kind === 'create') ?? false;
      if (isDone && registers) wrong.push(`host ${index + 1} was done, and is done again`);
    });
    return told(wrong, ended).map((line) => `then: ${line}`);
  }
}

/** What is wrong, with the output that shows it. */
export function told(wrong: readonly string[], { code, stdout, stderr }: Ended): string[] {
  return wrong.length === 0 ? [] : [...wrong, `[exit ${code}] ${stdout}${stderr}`];
}

function wrongs(said: HostTold | undefined, version: string | null, index: number): string[] {
  if (said === undefined) return [`nothing is said of host ${index + 1}`];
  const isUntouched = said.saysUntouched && version === ONE;
  return said.version === version || isUntouched
    ? []
    : [`host ${index + 1} has ${version}, and it says ${JSON.stringify(said)}`];
}
