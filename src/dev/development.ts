import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KpluginError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { Prepared } from '../package/prepare.ts';
import type { CaseRuns } from './case-runs.ts';
import { type DevHost, type HoldRuns, removePlugin, replacePlugin } from './install.ts';
import { isCaseFile, isOfCases, packProblem, problemBeforeBuild, Relevance } from './project.ts';
import { type CycleReport, type Draft, newDraft } from './report.ts';
import { changedPaths, type Inputs } from './watch/inputs.ts';

export interface DevelopmentOptions {
  /** The project's directory, absolute. */
  readonly root: string;
  readonly host: DevHost;
  /** What the project's files hold; throws a KpluginError when it cannot be listed. */
  readonly read: () => Inputs;
  /** Plans and checks the project as it lies there. */
  readonly prepare: (signal: AbortSignal) => Promise<Prepared>;
  /** Builds what the language needs; false when there is nothing to build. */
  readonly build: (signal: AbortSignal) => Promise<boolean>;
  /** Writes the package to a file; resolves to the digest of its content. */
  readonly pack: (prepared: Prepared, file: string, signal: AbortSignal) => Promise<string>;
  readonly holdRuns: HoldRuns;
  /** Null when no cases are wanted. */
  readonly cases: CaseRuns | null;
  /** An existing folder, which the caller removes. */
  readonly temporary: string;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What is in the host, as far as this watch has put it there. */
interface Installed {
  readonly name: string;
  readonly version: string;
  /** Of the package's content; null when its process ended by itself. */
  readonly digest: string | null;
}

/**
 * A project and the plugin that is made of it: each {@link cycle} brings the second up to the first with what is
 * needed and no more. What to do is seen from what the files hold, never from what an event said about them.
 */
export class Development {
  readonly #options: DevelopmentOptions;
  readonly #relevance = new Relevance();
  #seen: Inputs | null = null;
  #builtFrom: Inputs | null = null;
  #packedFrom: Inputs | null = null;
  #testedWith: Inputs | null = null;
  #installed: Installed | null = null;
  #findings: ReadonlySet<string> = new Set();
  /** Starts again what clients had started; kept until a plugin runs that can do it. */
  #resume: (() => Promise<readonly string[]>) | null = null;
  #isForced = true;

  constructor(options: DevelopmentOptions) {
    this.#options = options;
  }

  /** Makes the next cycle do everything, although nothing changed. */
  force(): void {
    this.#isForced = true;
  }

  /** To be told when a plugin ended by itself: the next cycle starts it anew. */
  ended(plugin: string): void {
    if (this.#installed?.name === plugin) this.#installed = { ...this.#installed, digest: null };
  }

  /** What the author has to fix is in the report; throws the signal's reason, and what is a bug. */
  async cycle(number: number, signal: AbortSignal): Promise<CycleReport> {
    const { now } = this.#options;
    const begin = now();
    const draft = newDraft();
    const problem = await this.#steps(draft, signal).then(() => null, expected);
    signal.throwIfAborted();
    const { step, ...told } = draft;
    return { ...told, cycle: number, end: step, problem, plugin: this.#plugin, ms: now() - begin };
  }

  async #steps(draft: Draft, signal: AbortSignal): Promise<void> {
    const inputs = this.#options.read();
    const changed = this.#seen === null ? [] : changedPaths(this.#seen, inputs);
    this.#seen = inputs;
    const matters = (path: string): boolean => this.#relevance.matters(path);
    draft.changed = changed.filter(matters);
    const prepared = await this.#prepare(draft, signal);
    // Of before and after: a file that has left the package matters as well as one that joined it.
    draft.changed = changed.filter((path) => draft.changed.includes(path) || matters(path));
    const isForced = this.#isForced;
    this.#isForced = false;
    if (draft.changed.length === 0 && !isForced) {
      draft.step = 'unchanged';
      return;
    }
    stopFor(problemBeforeBuild(prepared));
    const ready = await this.#build(draft, inputs, prepared, signal);
    stopFor(packProblem(ready));
    const isNew = await this.#replace(draft, ready, { inputs, isForced }, signal);
    if (isNew || isForced || this.#hasNewCases(inputs)) {
      await this.#runCases(draft, ready, inputs, signal);
    } else {
      draft.step = 'unchanged';
    }
  }

  get #plugin(): CycleReport['plugin'] {
    if (this.#installed === null) return null;
    const { name, version, digest } = this.#installed;
    // One that a case has ended was started again for the next case.
    const isRunning = this.#options.host.status(name)?.status === 'running';
    if (isRunning) return { name, version, state: 'running' };
    return { name, version, state: digest === null ? 'ended' : 'installed' };
  }

  async #prepare(draft: Draft, signal: AbortSignal): Promise<Prepared> {
    const prepared = await this.#options.prepare(signal);
    this.#relevance.planned(prepared);
    const known = this.#findings;
    this.#findings = new Set(prepared.findings.map(keyOf));
    draft.findings = prepared.findings;
    draft.newFindings = prepared.findings.filter((finding) => !known.has(keyOf(finding)));
    return prepared;
  }

  async #build(
    draft: Draft,
    inputs: Inputs,
    prepared: Prepared,
    signal: AbortSignal,
  ): Promise<Prepared> {
    const { build, now, root } = this.#options;
    const { executable } = prepared.identity;
    const isThere = existsSync(join(root, executable));
    const changed = this.#builtFrom === null ? null : changedPaths(this.#builtFrom, inputs);
    const asks = changed?.some((path) => this.#relevance.asksForBuild(path)) ?? true;
    if (!asks && isThere) return prepared;
    draft.step = 'build';
    const begin = now();
    // A build that fails may have written half of what it makes: the next cycle builds in any case.
    this.#builtFrom = null;
    const isBuilt = await build(signal);
    this.#builtFrom = inputs;
    this.#relevance.built(isBuilt);
    draft.step = 'validate';
    if (!isBuilt) return prepared;
    draft.buildMs = now() - begin;
    return this.#prepare(draft, signal);
  }

  /** Whether there is a new process now. */
  async #replace(
    draft: Draft,
    { identity, ...prepared }: Prepared,
    { inputs, isForced }: { readonly inputs: Inputs; readonly isForced: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { host, pack, holdRuns, temporary } = this.#options;
    const { name, version } = identity;
    if (name === null) return false;
    draft.step = 'start';
    const old = this.#installed;
    const isThere = old?.name === name && old.digest !== null && host.describe(name) !== null;
    if (isThere && !isForced && this.#hasOnlyNewCases(inputs)) return false;
    const zip = join(temporary, 'plugin.zip');
    const digest = await pack({ identity, ...prepared }, zip, signal);
    this.#packedFrom = inputs;
    if (isThere && !isForced && old.digest === digest) return false;
    this.#resume ??= await holdRuns(old?.name ?? name);
    this.#installed = null;
    if (old !== null && old.name !== name) await removePlugin(host, old.name);
    await replacePlugin(host, name, zip);
    this.#installed = { name, version, digest };
    draft.isReplaced = true;
    draft.lost = await this.#resume();
    this.#resume = null;
    return true;
  }

  /** Since the last package: a case file may lie in it, but no program reads that. */
  #hasOnlyNewCases(inputs: Inputs): boolean {
    return this.#packedFrom !== null && changedPaths(this.#packedFrom, inputs).every(isCaseFile);
  }

  #hasNewCases(inputs: Inputs): boolean {
    return this.#testedWith === null || changedPaths(this.#testedWith, inputs).some(isOfCases);
  }

  async #runCases(
    draft: Draft,
    { subject, identity }: Prepared,
    inputs: Inputs,
    signal: AbortSignal,
  ): Promise<void> {
    draft.step = 'cases';
    const { cases } = this.#options;
    draft.cases = (await cases?.run(identity.name ?? '', subject.symbols, signal)) ?? null;
    this.#testedWith = inputs;
    const isGood = draft.cases === null || draft.cases.suite?.failed === 0;
    if (isGood) draft.step = 'done';
  }
}

function expected(error: unknown): KpluginError {
  if (error instanceof KpluginError) return error;
  throw error;
}

function stopFor(problem: KpluginError | null): void {
  if (problem !== null) throw problem;
}

/** Findings of two cycles are the same when they say the same about the same file, wherever the line went. */
function keyOf({ rule, file, message }: Finding): string {
  return JSON.stringify([rule, file, message]);
}
