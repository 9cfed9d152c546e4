import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostEvent } from '../../host/events.ts';
import { PluginHost } from '../../host/host.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Target } from '../../model/target.ts';
import type { Served } from '../../server/server.ts';
import { type RunningServer, startServer } from '../../server/server.ts';
import { isLoopback, type ListenAddress } from './settings.ts';

export interface ServeSettings {
  readonly listen: ListenAddress;
  readonly target: Target;
  /** Absolute; null for a temporary folder that is removed at the end. */
  readonly home: string | null;
  readonly initTimeoutMs: number;
  readonly python: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: HostEvent) => void;
  readonly onServed: (served: Served) => void;
  readonly onReady: (ready: { readonly url: string; readonly home: string }) => Promise<void>;
}

/** Runs the host and its server until the signal; then nothing of them is left but a home that was asked for. */
export async function serveUntil(settings: ServeSettings): Promise<void> {
  const root = settings.home ?? (await mkdtemp(join(tmpdir(), 'kplugin-serve-')));
  try {
    await serveIn(root, settings);
  } finally {
    if (settings.home === null) await rm(root, { recursive: true, force: true });
  }
}

async function serveIn(root: string, settings: ServeSettings): Promise<void> {
  const { target, python, initTimeoutMs, env, onEvent, signal } = settings;
  const now = (): number => performance.now();
  const host = new PluginHost({
    root,
    target,
    python,
    initTimeoutMs,
    env,
    onEvent,
    now,
    socketFolder: '/tmp',
    machine: { platform: process.platform, architecture: process.arch },
  });
  let server: RunningServer | null = null;
  try {
    await host.open().catch((error: unknown) => {
      throw homeUnusable(root, error);
    });
    const { listen, onServed } = settings;
    server = await startServer({
      host,
      target,
      listen,
      onServed,
      now,
      isLocalOnly: isLoopback(listen.address),
    });
    await Promise.race([host.boot(), aborted(signal)]);
    if (!signal.aborted) await settings.onReady({ url: server.url, home: host.home.root });
    await aborted(signal);
  } finally {
    await server?.close();
    await host.close();
  }
}

function homeUnusable(root: string, error: unknown): KpluginError {
  const reason = error instanceof Error ? error.message : String(error);
  return new KpluginError({
    code: 'home-unusable',
    exit: EXIT.usage,
    message: `${root} cannot be used as the home of the host`,
    reason,
    hint: 'name a folder that you may write to, or leave --home out for a temporary one',
    cause: error,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
