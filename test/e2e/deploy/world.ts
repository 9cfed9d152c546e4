import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kplugin, type Run } from '../../bin/run.ts';
import { Serving } from '../serve/serving.ts';

/** A scratch folder, an embedded host, and kplugin run against it as an operator would. */
export class World {
  readonly folder: string;
  readonly serving: Serving;
  readonly host: string;

  private constructor(folder: string, serving: Serving) {
    this.folder = folder;
    this.serving = serving;
    this.host = serving.url.replace(/^http:\/\//, '');
  }

  static async open(python: string, ...args: readonly string[]): Promise<World> {
    const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-deploy-'));
    const serving = await Serving.start('--python', python, ...args);
    return new World(folder, serving);
  }

  async close(): Promise<void> {
    await this.serving.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a command against the host, or another one. */
  run(args: readonly string[], host: string = this.host): Promise<Run> {
    return kplugin(args, { cwd: this.folder, env: { KPLUGIN_HOST: host } });
  }

  /** What people saw: the command, stdout and stderr, the exit code; without what differs each time. */
  async transcript(...lines: readonly (readonly string[])[]): Promise<string> {
    const parts: string[] = [];
    for (const args of lines) {
      const { code, stdout, stderr } = await this.run(args);
      // As on a terminal: what is said on the way, the answer, then what to type next.
      const [talk = '', next] = stderr.split('\nNext:\n');
      const after = next === undefined ? '' : `\nNext:\n${next}`;
      parts.push(`$ kplugin ${args.join(' ')}\n${talk}${stdout}${after}[exit ${code}]\n`);
    }
    return this.steady(parts.join('\n'));
  }

  /** The text with the host's address, its folder and ours named the same in every run. */
  steady(text: string): string {
    return text
      .replaceAll(this.host, 'edge1:9081')
      .replaceAll(this.serving.home, '$HOME')
      .replaceAll(this.folder, '$FOLDER')
      .replace(/after \d+ ms/g, 'after N ms')
      .replace(/\([\d.]+ [kM]?B\)/g, '(SIZE)')
      .replace(/linux\/\w+\)/g, 'linux/ARCH)');
  }
}
