import type { InstalledPlugin } from '../../client/answers.ts';
import type { HostExport } from '../../client/exported.ts';
import { FOLDER_OF, SYMBOL_KINDS, type SymbolKind } from '../../model/symbol.ts';
import type { Health } from '../health/health.ts';
import { readSql, sourceTypeOf } from './sql-reading.ts';
import type { RuleUse } from './use.ts';

type RuleTexts = Pick<HostExport, 'rules' | 'streams' | 'tables'>;
type Symbols = Pick<InstalledPlugin, 'sources' | 'sinks' | 'functions'>;

/** How the plugin is and what eKuiper counts for it (refCount of 2.x). */
type Counted = Pick<Health, 'state' | 'rules'>;

/** Where nobody has counted, or what was counted is old. */
export const NOT_COUNTED: Counted = { state: 'unknown', rules: new Map() };

/** A rule and the names that stand in it. */
export interface RuleReading {
  readonly rule: string;
  readonly named: Readonly<Record<SymbolKind, ReadonlySet<string>>>;
}

/**
 * The rules that use a plugin, sorted by id. `counted`: what eKuiper says itself, which knows neither functions nor
 * rules that are stopped; everything else is read in the rules. Rules that are counted and not to be read are trials;
 * but of a dead plugin they are rules that were deleted: its counts stay as they were (seen on 2.4.0). Never throws.
 */
export function ruleUses(
  exported: RuleTexts,
  plugin: Symbols,
  counted: Counted,
): readonly RuleUse[] {
  return usesIn(readRules(exported), plugin, counted);
}

/** The same for rules that were read before: for more than one plugin. */
export function usesIn(
  readings: readonly RuleReading[],
  plugin: Symbols,
  counted: Counted,
): readonly RuleUse[] {
  const isCounted = (rule: string): boolean => (counted.rules.get(rule) ?? 0) > 0;
  const known = new Set(readings.map(({ rule }) => rule));
  const places = placesOf(plugin);
  const isDead = counted.state === 'dead';
  const unread = isDead ? [] : [...counted.rules.keys()].filter((rule) => !known.has(rule));
  return [
    ...readings.map(({ rule, named }) => ({ rule, symbols: shared(places, named) })),
    ...unread.map((rule) => ({ rule, symbols: [] })),
  ]
    .map((use): RuleUse => ({ ...use, by: isCounted(use.rule) ? 'counted' : 'read' }))
    .filter(({ symbols, by }) => symbols.length > 0 || by === 'counted')
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** Reads every rule of a host once. */
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

/** Where each symbol stands in its list: a host may report thousands of both, plugins' symbols and rules. */
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

/** The source behind each stream and table; without a TYPE eKuiper takes `mqtt`, for a table `file`. */
function sourcesOfStreams({ streams, tables }: RuleTexts): ReadonlyMap<string, string> {
  const typed = (statements: ReadonlyMap<string, string>, otherwise: string) =>
    [...statements].map(
      ([name, statement]) => [name, sourceTypeOf(statement) ?? otherwise] as const,
    );
  return new Map([...typed(tables, 'file'), ...typed(streams, 'mqtt')]);
}
