import type { InstalledPlugin } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import { FOLDER_OF, SYMBOL_KINDS, type SymbolKind } from '../../model/symbol.ts';
import type { Health } from '../health.ts';
import { readSql, sourceTypeOf } from './sql-reading.ts';

type RuleTexts = Pick<HostExport, 'rules' | 'streams' | 'tables'>;

type Symbols = Pick<InstalledPlugin, 'sources' | 'sinks' | 'functions'>;

/** The state of the plugin and eKuiper's own counts for it (refCount of 2.x). */
type Counted = Pick<Health, 'state' | 'rules'>;

/** For a plugin without counts, or with outdated ones. */
export const NOT_COUNTED: Counted = { state: 'unknown', rules: new Map() };

/** A rule and the names in it. */
interface RuleReading {
  readonly rule: string;
  readonly named: Readonly<Record<SymbolKind, ReadonlySet<string>>>;
}

/** A rule that uses symbols of a plugin. */
export interface RuleUse {
  readonly rule: string;
  readonly symbols: readonly { readonly kind: SymbolKind; readonly name: string }[];
  /** `counted`: reported by eKuiper itself (refCount, 2.x). `read`: found in the rule's SQL, actions and streams. */
  readonly by: 'counted' | 'read';
}

/**
 * Returns the rules that use a plugin, sorted by id. `counted`: eKuiper's own counts, which include neither functions
 * nor stopped rules; the rest is parsed from the rules. What is counted and is no rule of the host is left out: shared
 * streams, trial runs ({@link trialRuns}), and rules that were deleted, which stay counted (seen on 2.2.5 and 2.4.0).
 * Never throws.
 */
export function ruleUses(
  exported: RuleTexts,
  plugin: Symbols,
  counted: Counted,
): readonly RuleUse[] {
  return usesIn(readRules(exported), plugin, counted);
}

/** How many trial runs (of a rule editor) eKuiper counts: their ids are `$$_` and a UUID (seen on 2.2.5 and 2.4.0). */
export function trialRuns({ rules }: Pick<Counted, 'rules'>): number {
  return [...rules].filter(([id, count]) => id.startsWith('$$_') && count > 0).length;
}

/** As {@link ruleUses}, for rules that were parsed before, to check several plugins. */
export function usesIn(
  readings: readonly RuleReading[],
  plugin: Symbols,
  counted: Counted,
): readonly RuleUse[] {
  const isCounted = (rule: string): boolean => (counted.rules.get(rule) ?? 0) > 0;
  const places = placesOf(plugin);
  return readings
    .map(({ rule, named }) => ({ rule, symbols: shared(places, named) }))
    .map((use): RuleUse => ({ ...use, by: isCounted(use.rule) ? 'counted' : 'read' }))
    .filter(({ symbols, by }) => symbols.length > 0 || by === 'counted')
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** Parses every rule of a host once. */
export function readRules(exported: RuleTexts): readonly RuleReading[] {
  const sourceOf = sourcesOfStreams(exported);
  return [...exported.rules.values()].map((rule) => {
    const { sql, graph, sinks } = rule;
    const read = [sql ?? '', ...(graph?.expressions ?? [])].map(readSql);
    const streams = read.flatMap((reading) => [...reading.streams]);
    const source = streams.flatMap((stream) => sourceOf.get(stream) ?? []);
    return {
      rule: rule.id,
      named: {
        source: new Set([...source, ...(graph?.sources ?? [])]),
        sink: new Set([...sinks, ...(graph?.sinks ?? [])]),
        function: new Set(read.flatMap((reading) => [...reading.functions])),
      },
    };
  });
}

type Places = Readonly<Record<SymbolKind, ReadonlyMap<string, number>>>;

/** The index of each symbol in its list: a host may report thousands of rules and symbols. */
function placesOf(plugin: Symbols): Places {
  const of = (kind: SymbolKind) =>
    new Map(plugin[FOLDER_OF[kind]].map((name, place) => [name, place] as const));
  return { source: of('source'), sink: of('sink'), function: of('function') };
}

/** In the order of the plugin's lists. */
function shared(places: Places, named: RuleReading['named']): RuleUse['symbols'] {
  return SYMBOL_KINDS.flatMap((kind) => {
    const placeOf = (name: string): number => places[kind].get(name) ?? 0;
    return [...named[kind]]
      .filter((name) => places[kind].has(name))
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map((name) => ({ kind, name }));
  });
}

/** The source type of each stream and table; without a TYPE eKuiper uses `mqtt`, for a table `file`. */
function sourcesOfStreams({ streams, tables }: RuleTexts): ReadonlyMap<string, string> {
  const typed = (statements: ReadonlyMap<string, string>, otherwise: string) =>
    [...statements].map(
      ([name, statement]) => [name, sourceTypeOf(statement) ?? otherwise] as const,
    );
  return new Map([...typed(tables, 'file'), ...typed(streams, 'mqtt')]);
}
