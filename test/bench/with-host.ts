import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PluginHost } from '../../src/emulator/host/host.ts';

/** A plugin to run, with the symbols that its manifest names. */
export interface Placed {
  readonly name: string;
  readonly language: string;
  readonly executable: string;
  readonly python: string;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly functions: readonly string[];
}

/**
 * Runs a plugin in an embedded host of its own while `use` works with it; what the plugin prints goes to stderr.
 * `onPid` is told its process.
 */
export async function withHost<T>(
  plugin: Placed,
  use: (host: PluginHost, root: string) => Promise<T>,
  onPid: (pid: number) => void = () => undefined,
): Promise<T> {
  const root = mkdtempSync(path.join(tmpdir(), 'kpbench-home-'));
  const host = new PluginHost({
    root,
    target: '2.4',
    python: plugin.python,
    initTimeoutMs: 30_000,
    now: () => performance.now(),
    socketFolder: '/tmp',
    machine: { platform: process.platform, architecture: process.arch },
    env: process.env,
    onEvent: (event) => {
      if (event.kind === 'started') onPid(event.pid);
      if (event.kind === 'note') process.stderr.write(`${event.text}\n`);
      if (event.kind === 'output') process.stderr.write(`${event.line}\n`);
    },
  });
  try {
    place(plugin, host.home.plugins);
    await host.open();
    await host.boot();
    return await use(host, root);
  } finally {
    await host.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What an installation leaves, without the zip. */
function place(plugin: Placed, plugins: string): void {
  const { name, language, sources, sinks, functions } = plugin;
  const folder = path.join(plugins, name);
  mkdirSync(folder, { recursive: true });
  const executable = path.basename(plugin.executable);
  symlinkSync(plugin.executable, path.join(folder, executable));
  const manifest = { version: '1.0.0', language, executable, sources, sinks, functions };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(manifest));
}
