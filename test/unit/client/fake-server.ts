import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { hostClient } from '../../../src/client/connect.ts';
import type { HostClient } from '../../../src/client/host-client.ts';
import { parseAddress } from '../../../src/client/http/address.ts';
import { openSession } from '../../../src/client/transport.ts';

/** Something on a loopback port that plays a host badly, or replays one. */
export interface FakeServer {
  readonly port: number;
  close(): Promise<void>;
}

/** An HTTP server for one test; `port`: where another one was, default any. */
export async function fakeHttp(handler: http.RequestListener, port = 0): Promise<FakeServer> {
  return listening(http.createServer(handler), port);
}

/** A bare TCP server for one test: what it says is no business of HTTP. */
export async function fakeTcp(handler: (socket: net.Socket) => void): Promise<FakeServer> {
  return listening(
    net.createServer((socket) => {
      socket.on('error', () => {});
      handler(socket);
    }),
    0,
  );
}

async function listening(server: net.Server, wanted: number): Promise<FakeServer> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface ClientSettings {
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly authorize?: () => Promise<string | null>;
}

/** The real client for an address such as `127.0.0.1:1234` or `https://…`. */
export function clientFor(address: string, settings: ClientSettings = {}): HostClient {
  const { timeout = 20_000, signal = new AbortController().signal, authorize = null } = settings;
  const parsed = parseAddress(address);
  return hostClient({
    address: parsed,
    transport: openSession({ address: parsed, authorize }).under(signal),
    readTimeout: timeout,
    waitTimeout: timeout,
    source: 'probe.zip',
  });
}
