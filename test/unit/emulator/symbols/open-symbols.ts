import { onTestFinished } from 'vitest';
import { startSymbolServer } from '../../../../src/emulator/symbol-server.ts';
import { Feed } from '../../../../src/emulator/symbols/feed.ts';
import { FakeHost } from './fake-host.ts';

export interface Symbols {
  readonly url: string;
  readonly host: FakeHost;
  readonly feed: Feed;
  /** Lets the samples take their next step. */
  readonly nextSecond: () => Promise<void>;
  post(
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: string; type: string | null }>;
  close(): Promise<void>;
}

/** A symbol server over a fake host on a free port, closed at the end of the test. */
export async function openSymbols(): Promise<Symbols> {
  const feed = new Feed(() => Date.now());
  const host = new FakeHost(feed);
  const sleepers = new Set<() => void>();
  const server = await startSymbolServer({
    host,
    plugins: () => host.plugins,
    feed,
    listen: { address: '127.0.0.1', port: 0 },
    names: new Set(),
    onServed: () => undefined,
    processId: 1,
    clock: () => Date.now(),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        sleepers.add(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= server.close();
    return closed;
  };
  onTestFinished(close);
  return {
    url: server.url,
    host,
    feed,
    nextSecond: async () => {
      for (const wake of sleepers) wake();
      sleepers.clear();
      await new Promise((resolve) => setImmediate(resolve));
    },
    post: async (path, body) => {
      const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
      const init = text === undefined ? {} : { body: text };
      const response = await fetch(`${server.url}${path}`, { method: 'POST', ...init });
      const type = response.headers.get('content-type');
      return { status: response.status, body: await response.text(), type };
    },
    close,
  };
}
