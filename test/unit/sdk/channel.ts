import { listenReply, type ReplyListener, type Request } from '../../fixtures/reply-socket.ts';

/** The host's end of a control or function socket: asks one question after the other. */
export class Channel {
  /** How many have ever connected, and how many are connected now. */
  connected = 0;
  peers = 0;
  #listener: ReplyListener | null = null;
  #open: Request | null = null;
  readonly #requests: Request[] = [];
  #wake: () => void = () => undefined;

  static async listen(path: string): Promise<Channel> {
    const channel = new Channel();
    channel.#listener = await listenReply(path, {
      onRequest: (request) => {
        channel.#requests.push(request);
        channel.#wake();
      },
      onConnect: () => {
        channel.connected += 1;
        channel.peers += 1;
      },
      onDisconnect: () => {
        channel.peers -= 1;
      },
    });
    return channel;
  }

  /** What the plugin says next; from then on that is what a question answers. */
  async hears(): Promise<string> {
    while (this.#requests.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#open = this.#requests.shift() ?? null;
    return this.#open?.body.toString() ?? '';
  }

  async say(question: string): Promise<void> {
    await this.#open?.reply(question);
  }

  async ask(question: unknown): Promise<string> {
    await this.say(typeof question === 'string' ? question : JSON.stringify(question));
    return this.hears();
  }

  dropPeers(): void {
    for (const peer of this.#listener?.peers ?? []) peer.close();
  }

  async close(): Promise<void> {
    await this.#listener?.close();
  }
}
