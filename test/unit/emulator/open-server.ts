import { PluginHost } from '../../../src/emulator/host/host.ts';
import { type RunningServer, startServer } from '../../../src/emulator/server.ts';
import type { Target } from '../../../src/model/target.ts';

/** A server over an empty host in `root`, on a free port; its plugins could not even find a Python. */
export async function openServer(
  root: string,
  target: Target,
): Promise<{ host: PluginHost; server: RunningServer }> {
  const host = new PluginHost({
    root,
    target,
    socketFolder: root,
    initTimeoutMs: 1000,
    python: 'python',
    machine: { platform: 'linux', architecture: 'x64' },
    env: {},
    onEvent: () => undefined,
    now: () => 0,
  });
  await host.open();
  const server = await startServer({
    host,
    target,
    listen: { address: '127.0.0.1', port: 0 },
    names: new Set(),
    onServed: () => undefined,
    now: () => 0,
  });
  return { host, server };
}
