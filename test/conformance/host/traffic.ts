import { setTimeout as sleep } from 'node:timers/promises';
import type { Symbols } from '../plugin/project.ts';
import type { Ask, Said } from './ask.ts';
import { rowsOf } from './state.ts';

/** Rows of one version that have to arrive before it is believed to answer. */
const ENOUGH = 3;
const POLL = 250;

/**
 * Rules that tell over REST alone which version of the plugin answers. One rule brings rows of the plugin's source
 * through its function into its sink and into memory; for each version one more counts the rows whose source and
 * whose function named that version.
 */
export class Traffic {
  readonly #ask: Ask;
  readonly #name: string;
  readonly #symbols: Symbols;
  readonly #versions: readonly string[];
  #runs = false;

  constructor(ask: Ask, name: string, symbols: Symbols, versions: readonly string[]) {
    this.#ask = ask;
    this.#name = name;
    this.#symbols = symbols;
    this.#versions = versions;
  }

  get worker(): string {
    return `${this.#name}_rule`;
  }

  get runs(): boolean {
    return this.#runs;
  }

  /** False where the host has no rules: it knows no streams. Makes the streams that the rules read. */
  async prepare(): Promise<boolean> {
    const memory = `TYPE="memory", FORMAT="json", DATASOURCE="${this.#name}/rows"`;
    if ((await this.#stream(this.#memory, memory)).status !== 201) return false;
    const source = `TYPE="${this.#symbols.source}", FORMAT="json", DATASOURCE="any"`;
    must(await this.#stream(this.#stream_, source), 201);
    return true;
  }

  /** Starts the rules; throws with the host's words when it refuses one. */
  async start(): Promise<void> {
    const { sink, function: called } = this.#symbols;
    for (const version of this.#versions) {
      const where = `answered_by = "${version}" AND made_by = "${version}"`;
      const sql = `SELECT n FROM ${this.#memory} WHERE ${where}`;
      must(await this.#rule(this.#watcher(version), sql, [{ nop: {} }]), 201);
    }
    const sql = `SELECT n, made_by, ${called}(n) AS answered_by FROM ${this.#stream_}`;
    const actions = [{ [sink]: {} }, { memory: { topic: `${this.#name}/rows` } }];
    must(await this.#rule(this.worker, sql, actions), 201);
    this.#runs = true;
  }

  /** Deletes the rules, those that are there. */
  async stop(): Promise<void> {
    this.#runs = false;
    for (const rule of [this.worker, ...this.#versions.map((one) => this.#watcher(one))]) {
      const said = await this.#ask.delete(`/rules/${rule}`);
      if (said.status !== 404) must(said, 200);
    }
  }

  /** Rows of this version arrive, and none of another while they do; null, or what was seen instead. */
  async notAnswering(version: string, limit: number): Promise<string | null> {
    const end = performance.now() + limit;
    const before = await this.#counts();
    let settled: ReadonlyMap<string, number> | null = null;
    for (;;) {
      const now = await this.#counts();
      const since = settled ?? before;
      const others = this.#versions.filter((one) => one !== version && gained(now, since, one) > 0);
      if (gained(now, since, version) >= ENOUGH && others.length === 0 && settled) return null;
      // First the rows of the past run out, then a stretch with rows of this version only is wanted.
      if (settled === null || others.length > 0) settled = now;
      if (performance.now() > end) return this.#silence(version, before, now);
      await sleep(POLL);
    }
  }

  /** Asks the function itself by a rule that it refuses: its refusal names the version. */
  async answerOfFunction(): Promise<string> {
    const { status, text } = await this.#refused('"kpc which"');
    const version = /answers as ([\w.]+)/.exec(text)?.[1];
    if (version !== undefined) return version;
    return `no version but ${status} ${text.slice(0, 300)}`;
  }

  /** Makes the function end its process; resolves when the host has noticed that no answer comes. */
  async crash(): Promise<void> {
    await this.#refused('"kpc crash"');
  }

  get #memory(): string {
    return `${this.#name}_rows`;
  }

  get #stream_(): string {
    return `${this.#name}_ticking`;
  }

  #watcher(version: string): string {
    return `${this.#name}_saw_${version.replaceAll('.', '_')}`;
  }

  #stream(name: string, options: string): Promise<Said> {
    return this.#ask.post('/streams', { sql: `CREATE STREAM ${name}() WITH (${options})` });
  }

  #rule(id: string, sql: string, actions: readonly object[]): Promise<Said> {
    return this.#ask.post('/rules', { id, sql, actions });
  }

  async #refused(argument: string): Promise<Said> {
    const id = `${this.#name}_asked`;
    const sql = `SELECT ${this.#symbols.function}(${argument}) AS v FROM ${this.#stream_}`;
    const said = await this.#ask.post('/rules', {
      id,
      sql,
      triggered: false,
      actions: [{ nop: {} }],
    });
    if (said.status === 201) await this.#ask.delete(`/rules/${id}`);
    return said;
  }

  async #counts(): Promise<ReadonlyMap<string, number>> {
    const pairs = this.#versions.map(
      async (one) => [one, (await rowsOf(this.#ask, this.#watcher(one))).rows] as const,
    );
    return new Map(await Promise.all(pairs));
  }

  async #silence(version: string, before: ReadonlyMap<string, number>, now: typeof before) {
    const seen = this.#versions.map((one) => `${gained(now, before, one)} by ${one}`).join(', ');
    const { error } = await rowsOf(this.#ask, this.worker);
    return `rows by ${version} were expected, came: ${seen}${error ? `; the rule says: ${error}` : ''}`;
  }
}

function gained(now: ReadonlyMap<string, number>, before: typeof now, version: string): number {
  return (now.get(version) ?? 0) - (before.get(version) ?? 0);
}

function must({ status, text }: Said, wanted: number): void {
  if (status !== wanted) throw new Error(`the host answered ${status} ${text.trim()}`);
}
