import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { kplugin, type Run } from '../bin/run.ts';
import type { Serving } from '../e2e/serve/serving.ts';
import type { Ask } from './host/ask.ts';
import { type PluginState, stateOf } from './host/state.ts';
import type { Traffic } from './host/traffic.ts';
import type { Manners } from './manners.ts';
import { type Language, type Manner, type PluginSpec, writeProject } from './plugin/project.ts';
import { must } from './steps/step.ts';
import { stopCommand } from './stopped-command.ts';

/** Longer than any host makes kplugin wait. */
const COMMAND_LIMIT = 600_000;
const ROWS_LIMIT = 30_000;

/** One command as it was typed, and what came of it. */
export interface Command extends Run {
  readonly args: readonly string[];
}

export interface WorldParts {
  readonly host: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly ask: Ask;
  readonly name: string;
  readonly language: Language;
  readonly manners: Manners;
  /** Null where the host has no rules. */
  readonly traffic: Traffic | null;
  /** The host when it is ours. */
  readonly embedded: Serving | null;
}

/** The host, the plugin in its versions, and kplugin as an operator runs it. */
export class World {
  readonly parts: WorldParts;
  readonly #zips = new Map<string, Promise<string>>();
  /** Of the present step. */
  readonly commands: Command[] = [];

  constructor(parts: WorldParts) {
    this.parts = parts;
  }

  get name(): string {
    return this.parts.name;
  }

  get ask(): Ask {
    return this.parts.ask;
  }

  /** Runs kplugin against the host. */
  async run(...args: readonly string[]): Promise<Command> {
    const { env, host, folder } = this.parts;
    const run = await kplugin(args, {
      cwd: folder,
      env: { ...env, KPLUGIN_HOST: host },
      limit: COMMAND_LIMIT,
    });
    const command = { ...run, args };
    this.commands.push(command);
    return command;
  }

  /** Runs kplugin and sends it the signal when it says that; exit code -1 when the signal ended it. */
  async stop(signal: 'SIGINT' | 'SIGKILL', at: RegExp, ...args: readonly string[]) {
    const { env, host, folder } = this.parts;
    const settings = { ...env, KPLUGIN_HOST: host };
    const command = await stopCommand(args, { cwd: folder, env: settings, at, signal });
    this.commands.push(command);
    return command;
  }

  /** Runs kplugin with --json; checks that it prints one envelope of that command and nothing else. */
  async envelope(...args: readonly string[]): Promise<Envelope> {
    const { stdout, code } = await this.run(...args, '--json');
    // What JSON.parse gives is looked at in the next line.
    const envelope = JSON.parse(stdout) as Envelope;
    must(envelope.ok === (code === 0), `--json says ok: ${envelope.ok} with exit code ${code}`);
    must(envelope.command === args[0], `--json names the command ${envelope.command}`);
    return envelope;
  }

  /** The package of a version, packed by kplugin; of another plugin when its name is given. */
  zip(version: string, manner: Manner = 'lives', other?: Partial<PluginSpec>): Promise<string> {
    const { language, name } = this.parts;
    const spec = { name, language, version, manner, ...other };
    const key = `${spec.name}-${version}`;
    const made = this.#zips.get(key) ?? this.#pack(key, spec);
    this.#zips.set(key, made);
    return made;
  }

  state(name = this.name): Promise<PluginState> {
    return stateOf(this.ask, name);
  }

  /** The host has this version, it runs, and it answers: resolves to what was seen, throws what was not. */
  async runsAs(version: string): Promise<string> {
    const { version: registered, status } = await this.state();
    must(registered === version, `the host has ${registered ?? 'no such plugin'}, not ${version}`);
    const told = this.parts.manners.has('tells status');
    if (told) must(status === 'running', `the host says ${status} of ${version}`);
    return [
      `registered ${version}`,
      ...(told ? ['running'] : []),
      await this.#answer(version),
    ].join(', ');
  }

  /** Brings the host to this version where an earlier step left something else. */
  async ground(version: string): Promise<void> {
    const { version: registered, status } = await this.state();
    if (registered === version && (status === null || status === 'running')) return;
    const { code } = await this.run('install', await this.zip(version), '--yes', '--reinstall');
    must(code === 0, `could not get ready: the host had ${registered}, not ${version}`);
  }

  async #answer(version: string): Promise<string> {
    const { traffic, embedded } = this.parts;
    if (traffic === null) {
      if (embedded === null) return 'nothing there to ask its function with';
      const { body } = await embedded.symbols(`/functions/${this.name}_version`, ['any']);
      must(body.includes(`"${version}"`), `the function answers ${body.trim()}, not ${version}`);
      return `function of ${version}`;
    }
    const called = await traffic.answerOfFunction();
    must(called === version, `the function answers as ${called}, not ${version}`);
    if (!traffic.runs) return `function of ${version}`;
    const missing = await traffic.notAnswering(version, ROWS_LIMIT);
    must(missing === null, missing ?? '');
    return `rows and function of ${version}`;
  }

  async #pack(key: string, spec: PluginSpec): Promise<string> {
    const project = path.join(this.parts.folder, key);
    await mkdir(project, { recursive: true });
    await writeProject(project, spec);
    const zip = path.join(this.parts.folder, `${key}.zip`);
    const { code, stderr } = await kplugin(['pack', project, '-o', zip]);
    must(code === 0, `pack ${key}: ${stderr}`);
    return zip;
  }
}

export interface Envelope {
  readonly ok: boolean;
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}
