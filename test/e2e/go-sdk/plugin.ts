import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { listenReply, type Request } from '../../fixtures/reply-socket.ts';
import { buildGo } from '../../toolchain/go.ts';
import { useGoSdk } from '../../toolchain/go-sdk.ts';
import { calls, closing } from '../../wire/sockets.ts';

const FIXTURE = fileURLToPath(new URL('../../fixtures/go-plugin', import.meta.url));

/**
 * Builds the fixture plugin with the SDK of this run. `name` stands for `kpgosdk` in its own name and in those of its
 * symbols, and so in its sockets in /tmp. Throws ToolchainMissing.
 */
export async function builtPlugin(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kpgosdk-'));
  try {
    await cp(FIXTURE, folder, { recursive: true });
    const main = path.join(folder, 'main.go');
    await writeFile(main, (await readFile(main, 'utf8')).replaceAll('kpgosdk', name));
    await useGoSdk(folder);
    return await buildGo(folder, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A channel on which the other side's requests are the answers to our questions. */
export interface Channel {
  /** Sends the question and resolves with the answer. */
  ask(question: object): Promise<string>;
  /** How many requests came so far, handshakes included. */
  readonly requests: () => number;
}

/** Opens a channel as eKuiper does, and says how to wait for the plugin's handshake on it. */
export async function openChannel(path: string): Promise<Channel & { greeted: Promise<string> }> {
  const seen = calls<Request>();
  let count = 0;
  const onRequest = (request: Request) => {
    count += 1;
    seen.on(request);
  };
  closing(await listenReply(path, { onRequest }));
  return {
    greeted: seen.nth(1).then((request) => request.body.toString()),
    requests: () => count,
    async ask(question) {
      const open = await seen.nth(count);
      const next = seen.nth(count + 1);
      await open.reply(JSON.stringify(question));
      return (await next).body.toString();
    },
  };
}

/** A question of the control channel: the argument is JSON in a string. */
export function command(cmd: 'start' | 'stop', argument: object): object {
  return { cmd, arg: JSON.stringify(argument) };
}

/** Starts the plugin as eKuiper does; resolves with a function that gives its next line of stdout. */
export function startPlugin(executable: string): () => Promise<string> {
  const child = spawn(executable, ['{"sendTimeout":1000}'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => String((await lines.next()).value);
}
