import net, { type AddressInfo } from 'node:net';

/** What to do with a request whose first line matches. */
export interface Fault {
  readonly request: RegExp;
  /**
   * `before`: the connection breaks and the host never sees it. `after`: the host gets all of it, the answer is lost.
   * `hang`: the host never sees it, and nothing is said.
   */
  readonly at: 'before' | 'after' | 'hang';
}

/** A TCP proxy on loopback in front of a host that breaks one kind of request. */
export class FaultyProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  /** First lines of the requests that met the fault. */
  readonly hit: string[] = [];

  private constructor(upstream: string, fault: Fault) {
    this.#server = net.createServer((client) => this.#serve(client, upstream, fault));
  }

  static async start(upstream: string, fault: Fault): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(upstream, fault);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get host(): string {
    // A listening TCP server has a port.
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** A connection may carry many requests; each comes as a chunk of its own, because none is sent before its turn. */
  #serve(client: net.Socket, upstream: string, fault: Fault): void {
    const [host = '', port = ''] = upstream.split(':');
    const server = net.connect(Number(port), host);
    this.#keep(client);
    this.#keep(server);
    let broken: Fault['at'] | null = null;
    client.on('data', (chunk) => {
      const line = chunk.toString('latin1').split('\r\n')[0] ?? '';
      if (fault.request.test(line)) {
        this.hit.push(line);
        broken = fault.at;
      }
      if (broken === 'before') client.resetAndDestroy();
      else if (broken !== 'hang') server.write(chunk);
    });
    // The first byte of the answer: the host has done its work by then.
    server.on('data', (chunk) =>
      broken === 'after' ? client.resetAndDestroy() : client.write(chunk),
    );
    client.on('close', () => server.destroy());
    server.on('close', () => client.end());
  }

  #keep(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
