import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KpluginError } from '../model/error.ts';
import type { Finding } from '../model/finding.ts';
import type { Prepared } from '../package/prepare.ts';
import type { CaseRuns } from './case-runs.ts';
import { type CycleReport, type Draft, newDraft } from './cycles.ts';
import { changedPaths, type Inputs } from './inputs.ts';
import { type DevHost, type HoldRuns, removePlugin, replacePlugin } from './install.ts';
import { isCaseFile, isOfCases, packProblem, problemBeforeBuild, Relevance } from './project.ts';

interface DevelopmentOptions {
  /** The project's directory, absolute. */
  readonly root: string;
  readonly host: DevHost;
  /** Reads the project's files; throws a KpluginError when they cannot be listed. */
  readonly read: () => Inputs;
  /** Plans and validates the project. */
  readonly prepare: (signal: AbortSignal) => Promise<Prepared>;
  /** Builds the project; false when its language needs no build. */
  readonly build: (signal: AbortSignal) => Promise<boolean>;
  /** Writes the package to a file; resolves to the digest of its content. */
  readonly pack: (prepared: Prepared, file: string, signal: AbortSignal) => Promise<string>;
  readonly holdRuns: HoldRuns;
  /** Null when cases are not to be run. */
  readonly cases: CaseRuns | null;
  /** An existing directory, which the caller removes. */
  readonly temporary: string;
  /** Milliseconds. */
  readonly now: () => number;
}

/** The plugin that this watch has installed in the host. */
interface Installed {
  readonly name: string;
  readonly version: string;
  /** Digest of the package's content; null after its process ended by itself. */
  readonly digest: string | null;
}

/**
 * Keeps the installed plugin up to date with its project: each {@link cycle} does only the steps that are needed. It
 * compares the content of the files, and does not rely on what a file system event reports.
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
  /** Restarts the symbols that clients had started; kept until a plugin runs. */
  #resume: (() => Promise<readonly string[]>) | null = null;
  #isForced = true;

  constructor(options: DevelopmentOptions) {
    this.#options = options;
  }

  /** Makes the next cycle run all steps, even without a change. */
  force(): void {
    this.#isForced = true;
  }

  /** Called when a plugin ended by itself: the next cycle restarts it. */
  ended(plugin: string): void {
    if (this.#installed?.name === plugin) this.#installed = { ...this.#installed, digest: null };
  }

  /** Runs one cycle. Mistakes of the author are in the report; throws the signal's reason, and bugs. */
  async cycle(number: number, signal: AbortSignal): Promise<CycleReport> {
    const { now } = this.#options;
    const begin = now();
    const draft = newDraft();
    const problem = await this.#steps(draft, signal).then(() => null, expected);
    signal.throwIfAborted();
    const { step, ...rest } = draft;
    return { ...rest, cycle: number, end: step, problem, plugin: this.#plugin, ms: now() - begin };
  }

  async #steps(draft: Draft, signal: AbortSignal): Promise<void> {
    const inputs = this.#options.read();
    const changed = this.#seen === null ? [] : changedPaths(this.#seen, inputs);
    this.#seen = inputs;
    const matters = (path: string): boolean => this.#relevance.matters(path);
    draft.changed = changed.filter(matters);
    const prepared = await this.#prepare(draft, signal);
    // Of the plan before and after: a file that was removed from the package matters as well as an added one.
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
    // A plugin that a case has ended was restarted for the next case.
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
    // A failed build may have written some of its files, so the next cycle builds in any case.
    this.#builtFrom = null;
    const isBuilt = await build(signal);
    this.#builtFrom = inputs;
    this.#relevance.built(isBuilt);
    draft.step = 'validate';
    if (!isBuilt) return prepared;
    draft.buildMs = now() - begin;
    return this.#prepare(draft, signal);
  }

  /** Resolves to whether a new process was started. */
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

  /** Since the last package: a package may contain case files, but no program reads them. */
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
    draft.lost = [...draft.lost, ...(draft.cases?.lost ?? [])];
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

/** Findings of two cycles are the same when rule, file and message are equal; the line may have changed. */
function keyOf({ rule, file, message }: Finding): string {
  return JSON.stringify([rule, file, message]);
}
