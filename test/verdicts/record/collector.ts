import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Row } from '../sample.ts';

/** Takes the rows of rules by their sink `rest`, one list for each path. */
export class Collector {
  readonly #rows = new Map<string, Row[]>();
  readonly #server = createServer((incoming, answer) => {
    void this.#take(incoming).then(() => answer.end());
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${path}`;
  }

  rows(path: string): readonly Row[] {
    return this.#rows.get(`/${path}`) ?? [];
  }

  async #take(incoming: IncomingMessage): Promise<void> {
    const path = incoming.url ?? '';
    const body: unknown = JSON.parse(await text(incoming));
    // Only rules of ours know the address.
    const rows = (Array.isArray(body) ? body : [body]) as Row[];
    this.#rows.set(path, [...(this.#rows.get(path) ?? []), ...rows]);
  }
}
