import { HostRefusal } from '../../../../src/emulator/runtime/refusal.ts';
import type {
  FunctionContext,
  HostEvent,
  OpenFunction,
  OpenSink,
  OpenSource,
  SinkRequest,
  SourceConfigRequest,
  SourceRequest,
} from '../../../../src/emulator/runtime/symbol-contract.ts';
import type { SuiteHost } from '../../../../src/testing/run-suite.ts';

export interface Script {
  readonly exec?: (args: readonly unknown[], symbol: string) => Promise<unknown>;
  readonly validate?: (args: readonly unknown[]) => Promise<void>;
  readonly aggregate?: boolean;
  /** Sends what it likes; a thrown error is a refusal of the start. */
  readonly source?: (request: SourceRequest) => void | Promise<void>;
  readonly sink?: (request: SinkRequest) => void | Promise<void>;
  readonly take?: (body: string, request: SinkRequest) => void | Promise<void>;
  readonly close?: (request: SinkRequest) => void;
  readonly restart?: () => Promise<void>;
}

/** A host without a plugin: does what the script says and remembers what it was asked. */
export class ScriptedHost implements SuiteHost {
  readonly openSources: OpenSource[] = [];
  readonly openSinks: OpenSink[] = [];
  readonly openFunctions: OpenFunction[] = [];
  readonly asked: string[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  pluginOf() {
    return null;
  }

  async sourceConfig({ confKey, dataSource, overrides }: SourceConfigRequest) {
    return { confKey, datasource: dataSource, ...overrides };
  }

  async openSource(request: SourceRequest): Promise<OpenSource> {
    this.asked.push(`start source ${request.symbol}`);
    await this.#script.source?.(request);
    const stop = async () => {
      this.asked.push(`stop source ${request.symbol}`);
    };
    return { request, plugin: 'demo', count: 0, stop };
  }

  async openSink(request: SinkRequest): Promise<OpenSink> {
    this.asked.push(`start sink ${request.symbol}`);
    await this.#script.sink?.(request);
    return {
      request,
      plugin: 'demo',
      count: 0,
      send: async (body) => this.#script.take?.(String(body), request),
      stop: async () => {
        this.asked.push(`stop sink ${request.symbol}`);
        this.#script.close?.(request);
      },
    };
  }

  async openFunction(symbol: string): Promise<OpenFunction> {
    const { exec, validate, aggregate = false } = this.#script;
    return {
      symbol,
      target: '2.4',
      plugin: 'demo',
      count: 0,
      validate: async (args) => validate?.(args),
      isAggregate: async () => aggregate,
      exec: async (args: readonly unknown[], _context: FunctionContext) => exec?.(args, symbol),
      close: async () => undefined,
    };
  }

  async kill() {
    this.asked.push('kill');
  }

  setEnvironment(_plugin: string, variables: Readonly<Record<string, string>>) {
    this.asked.push(`environment ${JSON.stringify(variables)}`);
  }

  async restart() {
    this.asked.push('restart');
    await this.#script.restart?.();
  }

  adopt(): never {
    throw new Error('not scripted');
  }
}

/** What the host says when nothing comes back from a function. */
export const SILENT = new HostRefusal('time out, plugin demo status running, message: ');

/** The end of the plugin's process, as the host tells it. */
export const CRASH: HostEvent = {
  kind: 'ended',
  plugin: 'demo',
  how: 'exit status 3',
  asked: false,
};
