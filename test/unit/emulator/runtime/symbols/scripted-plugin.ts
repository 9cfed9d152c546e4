import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type HostOptions, PluginHost } from '../../../../../src/emulator/host/host.ts';
import type { DataEvent, HostEvent } from '../../../../../src/emulator/runtime/symbol-contract.ts';
import type { PluginInfo } from '../../../../../src/model/plugin/manifest.ts';
import { dialRequest, type RequestSocket } from '../../../../../src/sp/request.ts';

/** What the plugin was told, its argument decoded. */
export interface Told {
  readonly cmd: string;
  readonly symbolName: string;
  readonly pluginType: string;
  readonly meta: { readonly ruleId: string; readonly opId: string; readonly instanceId: number };
  readonly config?: Record<string, unknown>;
  readonly dataSource?: string;
}

export interface Peer {
  /** The bytes of each question so far. */
  readonly questions: readonly string[];
  /** Ends the connection, as a process that is gone. */
  close(): void;
}

/** Dials a REP socket as a plugin does and answers with `answer`; null leaves the question unanswered. */
export async function answering(
  file: string,
  answer: (question: string) => string | null | Promise<string | null>,
): Promise<Peer> {
  const socket = await dialRequest(file);
  onTestFinished(() => socket.close());
  const questions: string[] = [];
  void converse(socket, questions, answer).catch(() => undefined);
  return { questions, close: () => socket.close() };
}

async function converse(
  socket: RequestSocket,
  questions: string[],
  answer: (question: string) => string | null | Promise<string | null>,
): Promise<void> {
  let say = 'handshake';
  for (;;) {
    const question = (await socket.request(say)).toString();
    questions.push(question);
    const reply = await answer(question);
    if (reply === null) return;
    say = reply;
  }
}

export function toldBy(question: string): Told {
  const { cmd, arg } = JSON.parse(question);
  return { cmd, ...JSON.parse(arg) };
}

export interface ScriptedWorld {
  readonly host: PluginHost;
  /** Where the sockets are. */
  readonly folder: string;
  readonly at: (name: string) => string;
  readonly events: HostEvent[];
  readonly data: DataEvent[];
  readonly notes: () => string[];
  /** A process of the plugin; `reply` is its answer to each command. */
  start(reply?: (told: Told) => string | null | Promise<string | null>): Promise<Peer>;
  /** The sockets that are left. */
  sockets(): Promise<string[]>;
}

export const PLUGIN: PluginInfo = {
  name: 'plug',
  version: '',
  language: 'go',
  executable: '/nowhere',
  virtualEnvType: null,
  env: null,
  sources: ['src'],
  sinks: ['snk'],
  functions: ['one', 'two'],
};

/** A host with a plugin that the test plays itself: no processes, and sockets in a folder of their own. */
export async function scriptedWorld(options: Partial<HostOptions> = {}): Promise<ScriptedWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kps-'));
  const events: HostEvent[] = [];
  const data: DataEvent[] = [];
  const { timeouts, ...rest } = options;
  const host = new PluginHost({
    root: path.join(folder, 'home'),
    target: '2.4',
    socketFolder: folder,
    initTimeoutMs: 5_000,
    python: 'python',
    machine: { platform: process.platform, architecture: process.arch },
    env: {},
    onEvent: (event) => events.push(event),
    onData: (event) => data.push(event),
    now: () => performance.now(),
    timeouts: { commandMs: 2_000, ...timeouts },
    ...rest,
  });
  onTestFinished(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });
  const adopted = await host.adopt(PLUGIN, folder);
  const at = (name: string): string => path.join(folder, name);
  return {
    host,
    folder,
    at,
    events,
    data,
    notes: () => events.flatMap((event) => (event.kind === 'note' ? [event.text] : [])),
    async start(reply = () => 'ok') {
      const peer = await answering(at('plugin_plug.ipc'), (question) => reply(toldBy(question)));
      await adopted.handshake;
      return peer;
    },
    sockets: async () => (await readdir(folder)).filter((name) => name.endsWith('.ipc')).sort(),
  };
}

export const META = { ruleId: 'r1', opId: 'op', instanceId: 0 } as const;

/** Whether a socket file is there. */
export function isThere(file: string): boolean {
  return existsSync(file);
}
