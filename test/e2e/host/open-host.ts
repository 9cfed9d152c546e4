import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { HostOptions } from '../../../src/emulator/host/host.ts';
import { PluginHost } from '../../../src/emulator/host/host.ts';
import type { DataEvent, HostEvent } from '../../../src/emulator/runtime/symbol-contract.ts';
import { makeZip, type ZipEntrySpec } from '../../fixtures/make-zip.ts';

/** A host of its own for one test, and what went on in it. */
export interface HostWorld {
  readonly host: PluginHost;
  readonly folder: string;
  readonly events: readonly HostEvent[];
  readonly data: readonly DataEvent[];
  /** Installs a package, or updates the plugin of that name with it. */
  install(name: string, entries: readonly ZipEntrySpec[], how?: 'POST' | 'PUT'): Promise<void>;
}

/** Opens a host with real sockets in /tmp; it goes with the test, and everything that it started. */
export async function openHost(options: Partial<HostOptions> = {}): Promise<HostWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kplugin-host-'));
  const events: HostEvent[] = [];
  const data: DataEvent[] = [];
  const host = new PluginHost({
    root: path.join(folder, 'home'),
    target: '2.4',
    socketFolder: '/tmp',
    initTimeoutMs: 30_000,
    python: 'python3',
    machine: { platform: process.platform, architecture: process.arch },
    env: { PATH: process.env['PATH'], HOME: folder },
    onEvent: (event) => events.push(event),
    onData: (event) => data.push(event),
    now: () => performance.now(),
    ...options,
  });
  onTestFinished(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });
  await host.open();
  await host.boot();
  let count = 0;
  return {
    host,
    folder,
    events,
    data,
    async install(name, entries, how = 'POST') {
      count += 1;
      const file = path.join(folder, `${name}-${count}.zip`);
      await writeFile(file, makeZip(entries));
      const registration = { name, file: `file://${file}`, shellParas: null };
      await (how === 'POST' ? host.register(registration) : host.update(name, registration));
    },
  };
}

/** What uses a symbol, for a rule of a test. */
export function metaOf(ruleId: string, opId: string, instanceId = 0) {
  return { ruleId, opId, instanceId };
}

/** The commands that a plugin got, as `start source x ok`. */
export function commandsIn(events: readonly HostEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'symbol'
      ? [`${event.command} ${event.type} ${event.symbol} ${event.error ?? 'ok'}`]
      : [],
  );
}
