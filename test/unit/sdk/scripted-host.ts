import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { PluginDefinition, RunningPlugin } from '../../../src/sdk/index.ts';
import { type Environment, LIMITS, type Limits } from '../../../src/sdk/runtime/environment.ts';
import { runPlugin } from '../../../src/sdk/start-plugin.ts';
import { listenPull } from '../../../src/sp/pull.ts';
import { dialPush, type PushSocket } from '../../../src/sp/push.ts';
import { Channel } from './channel.ts';

export const RULE = { ruleId: 'r1', opId: 'op', instanceId: 0 };
const NO_RULE = { ruleId: '', opId: '', instanceId: 0 };

export type Rule = typeof RULE;

/** A host that does what the test says, in a folder of its own. */
export class ScriptedHost {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kpsdk-'));
  /** What the plugin has logged. */
  readonly log: string[] = [];
  /** Why the plugin abandoned. */
  readonly lost: string[] = [];
  isOrphan = false;
  control: Channel = new Channel();

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Listens for the plugin and runs it in this process until the test ends; its handshake has been heard. */
  async run(definition: PluginDefinition, limits: Partial<Limits> = {}): Promise<RunningPlugin> {
    this.control = await this.listen(`plugin_${definition.name}`);
    const running = await runPlugin(definition, this.environment(limits));
    onTestFinished(() => running.stop());
    await this.control.hears();
    return running;
  }

  environment(limits: Partial<Limits> = {}): Environment {
    return {
      socketFolder: this.folder,
      write: (_stream, text) => this.log.push(text),
      isOrphan: () => this.isOrphan,
      onLost: (why) => this.lost.push(why),
      sendTimeoutMs: 20,
      limits: { ...LIMITS, ...limits },
    };
  }

  async listen(name: string): Promise<Channel> {
    const channel = await Channel.listen(path.join(this.folder, `${name}.ipc`));
    onTestFinished(() => channel.close());
    return channel;
  }

  command(cmd: 'start' | 'stop', control: object): Promise<string> {
    return this.control.ask({ cmd, arg: JSON.stringify(control) });
  }

  start(pluginType: string, symbolName: string, more: object = {}): Promise<string> {
    const meta = pluginType === 'func' ? NO_RULE : RULE;
    return this.command('start', { symbolName, pluginType, meta, ...more });
  }

  stop(pluginType: string, symbolName: string, more: object = {}): Promise<string> {
    return this.command('stop', { symbolName, pluginType, meta: RULE, ...more });
  }

  /** Listens for a source's rows, or with `_ack` for a sink's acknowledgements. */
  async rows(
    rule: Rule = RULE,
    suffix = '',
    onMessage?: () => Promise<void> | undefined,
  ): Promise<Received> {
    const received = new Received();
    if (onMessage) received.onMessage = onMessage;
    const socket = await listenPull(this.#data(rule, suffix), {
      onMessage: (body) => received.add(body.toString()),
    });
    received.close = () => socket.close();
    onTestFinished(() => socket.close());
    return received;
  }

  async sink(rule: Rule = RULE): Promise<PushSocket> {
    const push = await dialPush(this.#data(rule));
    onTestFinished(() => push.close());
    return push;
  }

  #data({ ruleId, opId, instanceId }: Rule, suffix = ''): string {
    return path.join(this.folder, `${ruleId}_${opId}_${instanceId}${suffix}.ipc`);
  }
}

/** Messages as they came; `atLeast` waits for so many. */
export class Received {
  readonly texts: string[] = [];
  close: () => Promise<void> = async () => undefined;
  /** What it returns is waited for before the next one is read. */
  onMessage: () => Promise<void> | undefined = () => undefined;
  #wake: () => void = () => undefined;

  add(text: string): Promise<void> | undefined {
    this.texts.push(text);
    this.#wake();
    return this.onMessage();
  }

  async atLeast(count: number): Promise<readonly string[]> {
    while (this.texts.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.texts;
  }
}
