import type { HostClient } from '../../client/host-client.ts';
import type { PluginReading } from '../../package/diff/diff-plugins.ts';
import {
  type FactChange,
  factChanges,
  reversedFacts,
  reversedSymbols,
  type SymbolChanges,
} from '../../package/diff/identity-changes.ts';
import type { SideSummary } from '../../package/diff/plugin-side.ts';
import { reversedValues } from '../../package/diff/value-changes.ts';
import { type Collision, collisionsOf, symbolChanges } from '../change/plan.ts';
import { type HostState, lookAt } from '../change/present.ts';
import { type RuleUse, ruleUses } from '../rules/rule-uses.ts';
import { type ConfigChange, configChange, settingsOfYaml, usedSettings } from './config-changes.ts';
import {
  digestOnHost,
  factsAsInstalled,
  type HostSummary,
  hostSummary,
  type InstalledSummary,
  installedFacts,
  installedSummary,
  sameContent,
  type Verdict,
} from './host-side.ts';

/**
 * The differences between a package and the installed plugin: from the installed one to the package, or the reverse
 * when the package was named first.
 */
export interface InstalledDiff {
  readonly first: 'host' | 'package';
  readonly host: HostSummary;
  /** Null when the plugin is not installed. */
  readonly installed: InstalledSummary | null;
  readonly package: SideSummary;
  readonly facts: readonly FactChange[];
  readonly symbols: SymbolChanges;
  /** Whether the host has the same content. */
  readonly content: Verdict;
  readonly config: readonly ConfigChange[];
  /** The rules that use the plugin now. */
  readonly uses: readonly RuleUse[];
  /** Those of them that use a removed symbol, with the removed symbols only. */
  readonly broken: readonly RuleUse[];
  /** Symbols that another plugin of the host declares as well. */
  readonly collisions: readonly Collision[];
  /** The install.sh that the host would run; null without one, and when the content is the same. */
  readonly installScript: string | null;
  readonly verdict: Verdict;
}

/** Compares a package with the installed plugin; sends reads only. Throws HostFailure. */
export async function diffInstalled(
  client: HostClient,
  reading: PluginReading,
  name: string,
): Promise<InstalledDiff> {
  const hostState = await lookAt(client, name);
  const { present } = hostState;
  const before = present?.plugin ?? null;
  const after = { name, symbols: reading.symbols };
  const symbols = symbolChanges(before, after);
  const facts = before === null ? [] : installedFactChanges(before, reading);
  const content = contentOf(hostState, reading, name);
  const config = await configChanges(client, reading, symbols);
  const uses = present === null ? [] : ruleUses(hostState.exported, present.plugin, present.health);
  return {
    first: 'host',
    host: hostSummary(client, hostState.info),
    installed: present && installedSummary(present, digestOf(hostState, name)),
    package: reading.summary,
    facts,
    symbols,
    content,
    config,
    uses,
    broken: brokenBy(uses, symbols),
    collisions: collisionsOf(after, hostState.installed),
    installScript: content === 'same' ? null : reading.installScript,
    verdict: verdictOf({ facts, symbols, content, config }),
  };
}

/** Reverses the direction: from the package to the host. What an installation would change on the host is left out. */
export function turnedInstalled(found: InstalledDiff): InstalledDiff {
  return {
    ...found,
    first: 'package',
    facts: reversedFacts(found.facts),
    symbols: reversedSymbols(found.symbols),
    config: found.config.map((change) => ({ ...change, values: reversedValues(change.values) })),
    broken: [],
    collisions: [],
    installScript: null,
  };
}

function installedFactChanges(
  before: Parameters<typeof installedFacts>[0],
  { summary }: PluginReading,
): FactChange[] {
  return factChanges(installedFacts(before), factsAsInstalled(summary.facts), ['arch']);
}

function digestOf({ present, record }: HostState, name: string): string | null {
  return digestOnHost(name, present?.registration ?? null, record);
}

function contentOf(hostState: HostState, { summary }: PluginReading, name: string): Verdict {
  if (hostState.present === null) return 'different';
  return sameContent(digestOf(hostState, name), summary.contentDigest);
}

/** Compares sources that both sides have; those of the package alone are read from the package. */
async function configChanges(
  client: HostClient,
  { sourceYaml }: PluginReading,
  { kept }: SymbolChanges,
): Promise<ConfigChange[]> {
  const sources = kept.filter(({ kind }) => kind === 'source').map((symbol) => symbol.name);
  const used = await usedSettings(client, sources);
  return sources.flatMap((source) => {
    const [before, bytes] = [used.get(source), sourceYaml.get(source)];
    if (before === undefined || bytes === undefined) return [];
    return configChange(source, before, settingsOfYaml(source, bytes));
  });
}

function brokenBy(uses: readonly RuleUse[], { removed }: SymbolChanges): RuleUse[] {
  const gone = new Set(removed.map(({ kind, name }) => `${kind} ${name}`));
  return uses
    .map((use) => ({
      ...use,
      symbols: use.symbols.filter(({ kind, name }) => gone.has(`${kind} ${name}`)),
    }))
    .filter(({ symbols }) => symbols.length > 0);
}

/** `different` when anything differs; `unknown` when nothing visible differs but not everything could be compared. */
function verdictOf(
  found: Pick<InstalledDiff, 'facts' | 'symbols' | 'content' | 'config'>,
): Verdict {
  const { facts, symbols, content, config } = found;
  const differs =
    facts.length + symbols.added.length + symbols.removed.length > 0 ||
    config.some(({ values }) => values.length > 0);
  return differs ? 'different' : content;
}
