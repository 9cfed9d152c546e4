import { compareText } from '../../model/finding.ts';
import {
  changesOfSymbols,
  type FactChange,
  factChanges,
  type SymbolChanges,
} from '../../package/diff/identity-changes.ts';
import { symbolsOf } from '../change/plan.ts';
import { type ConfigChange, configChange, usedSettings } from './config-changes.ts';
import {
  type HostSummary,
  type InstalledSummary,
  type ReadHost,
  type ReadPlugin,
  sameContent,
  type Verdict,
} from './host-side.ts';

/** A plugin of one host or both. */
export interface PluginOnHosts {
  readonly name: string;
  readonly what: 'added' | 'removed' | 'kept';
  readonly before: InstalledSummary | null;
  readonly after: InstalledSummary | null;
  readonly facts: readonly FactChange[];
  readonly symbols: SymbolChanges;
  readonly content: Verdict;
  /** The arguments of install.sh differ. */
  readonly otherParas: boolean;
  readonly otherState: boolean;
  readonly config: readonly ConfigChange[];
  readonly verdict: Verdict;
}

/** The differences between two hosts. */
export interface HostsDiff {
  readonly before: HostSummary;
  readonly after: HostSummary;
  /** Differences of the eKuipers themselves. */
  readonly host: readonly {
    readonly fact: 'ekuiper' | 'os' | 'arch';
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Every plugin of both hosts, equal ones included, sorted by name. */
  readonly plugins: readonly PluginOnHosts[];
  readonly verdict: Verdict;
}

/** Compares two hosts, or one plugin of them. Throws HostFailure. */
export async function diffHosts(
  before: ReadHost,
  after: ReadHost,
  only: string | null,
): Promise<HostsDiff> {
  const names = [...new Set([...before.plugins.keys(), ...after.plugins.keys()])]
    .filter((name) => only === null || name === only)
    .sort(compareText);
  const plugins: PluginOnHosts[] = [];
  for (const name of names) plugins.push(await pluginOnHosts(name, before, after));
  const host = hostChanges(before.summary, after.summary);
  return {
    before: before.summary,
    after: after.summary,
    host,
    plugins,
    verdict: worst(
      plugins.map(({ verdict }) => verdict).concat(host.length > 0 ? 'different' : []),
    ),
  };
}

function hostChanges(before: HostSummary, after: HostSummary): HostsDiff['host'] {
  return (['ekuiper', 'os', 'arch'] as const)
    .filter((fact) => before[fact] !== after[fact])
    .map((fact) => ({ fact, before: before[fact], after: after[fact] }));
}

const NO_SYMBOLS: SymbolChanges = { added: [], removed: [], kept: [] };

async function pluginOnHosts(
  name: string,
  before: ReadHost,
  after: ReadHost,
): Promise<PluginOnHosts> {
  const [was, is] = [before.plugins.get(name) ?? null, after.plugins.get(name) ?? null];
  if (was === null || is === null) {
    return {
      name,
      what: was === null ? 'added' : 'removed',
      before: was?.summary ?? null,
      after: is?.summary ?? null,
      facts: [],
      symbols: NO_SYMBOLS,
      content: 'different',
      otherParas: false,
      otherState: false,
      config: [],
      verdict: 'different',
    };
  }
  const symbols = changesOfSymbols(symbolsOf(was.present.plugin), symbolsOf(is.present.plugin));
  const config = await configChanges(before, after, symbols);
  return onBoth(name, was, is, symbols, config);
}

function onBoth(
  name: string,
  was: ReadPlugin,
  is: ReadPlugin,
  symbols: SymbolChanges,
  config: readonly ConfigChange[],
): PluginOnHosts {
  const [before, after] = [was.summary, is.summary];
  const found = {
    facts: factChanges(before.facts, after.facts),
    content: sameContent(before.digest, after.digest),
    otherParas: JSON.stringify(before.shellParas) !== JSON.stringify(after.shellParas),
    otherState: isTold(before) && isTold(after) && before.state !== after.state,
  };
  const differs =
    found.otherParas ||
    found.otherState ||
    found.facts.length + symbols.added.length + symbols.removed.length > 0 ||
    config.some(({ values }) => values.length > 0);
  const verdict = differs ? 'different' : found.content;
  return { name, what: 'kept', before, after, symbols, config, ...found, verdict };
}

/** False for eKuiper 1.x, which does not report whether a plugin runs. */
function isTold({ state }: InstalledSummary): boolean {
  return state !== 'unknown';
}

async function configChanges(
  before: ReadHost,
  after: ReadHost,
  { kept }: SymbolChanges,
): Promise<ConfigChange[]> {
  const sources = kept.filter(({ kind }) => kind === 'source').map((symbol) => symbol.name);
  const [was, is] = await Promise.all([
    usedSettings(before.client, sources),
    usedSettings(after.client, sources),
  ]);
  return sources.flatMap((source) => {
    const [one, other] = [was.get(source), is.get(source)];
    return one === undefined || other === undefined ? [] : configChange(source, one, other);
  });
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('different')) return 'different';
  return verdicts.includes('unknown') ? 'unknown' : 'same';
}
