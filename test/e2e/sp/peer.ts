import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { buildGo } from '../../toolchain/go.ts';
import { sdkPython } from '../../toolchain/python.ts';

export type Role = 'req' | 'rep' | 'push' | 'pull';

/** The command of an independent implementation; role, way and path are its arguments. */
export type PeerCommand = readonly string[];

const PEERS = fileURLToPath(new URL('../../fixtures/peers', import.meta.url));

/** nng, as eKuiper's Python SDK uses it. Throws ToolchainMissing. */
export async function pynngPeer(): Promise<PeerCommand> {
  return [await sdkPython(), path.join(PEERS, 'pynng_peer.py')];
}

/** mangos, as eKuiper and its Go SDK use it. Throws ToolchainMissing. */
export async function mangosPeer(): Promise<PeerCommand> {
  return [await buildGo(path.join(PEERS, 'mangos'), 'mangos-peer')];
}

/** Both, for tests that hold for either. */
export const IMPLEMENTATIONS = [
  ['pynng', pynngPeer],
  ['mangos', mangosPeer],
] as const;

/** A running peer: what it is told to send, and what it received. */
export class Peer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
    // Tests end it in the middle of what it is told.
    child.stdin?.on('error', () => undefined);
  }

  send(body: Uint8Array): void {
    this.#child.stdin?.write(`${Buffer.from(body).toString('base64')}\n`);
  }

  /** As `send`; resolves when the peer's stdin took it. */
  give(body: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.stdin?.write(`${Buffer.from(body).toString('base64')}\n`, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  async receive(): Promise<Buffer> {
    return Buffer.from(await this.line(), 'base64');
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the peer has ended, see its stderr above');
    return value;
  }

  /** Stops it as a debugger does; it goes on with `resume`. */
  stop(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** Kills it, as eKuiper kills plugins. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}

/** Starts a peer and waits until it listens or is connected; it is killed when the test ends. */
export function startPeer(
  command: PeerCommand,
  role: Role,
  way: 'listen' | 'dial',
  socket: string,
): Promise<Peer> {
  return start(command, role, way, socket);
}

/** Starts mangos' device: what REQ sockets send to `front` it forwards to the REP at `back`. */
export function startDevice(command: PeerCommand, front: string, back: string): Promise<Peer> {
  return start(command, 'device', front, back);
}

async function start(command: PeerCommand, ...args: readonly string[]): Promise<Peer> {
  const [program = '', ...first] = command;
  const child = spawn(program, [...first, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const peer = new Peer(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
  onTestFinished(() => peer.kill());
  const word = await peer.line();
  if (word !== 'ready') throw new Error(`the peer said "${word}"`);
  return peer;
}
