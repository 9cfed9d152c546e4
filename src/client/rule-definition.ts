import { memberOf, objectOf } from './decode.ts';
import { parseRuleGraph, type RuleGraph } from './rule-graph.ts';

/** A rule as it was created. */
export interface RuleDefinition {
  readonly id: string;
  /** Null for a rule that is a graph. */
  readonly sql: string | null;
  /** The names of its actions: `mqtt`, `log`, or a plugin's sink. */
  readonly sinks: readonly string[];
  /** Null for a rule with SQL. */
  readonly graph: RuleGraph | null;
  /** All of it, as JSON text. */
  readonly text: string;
}

/** Reads a rule's JSON text as eKuiper keeps it: as it was posted. Null when it is no object. */
export function parseRule(id: string, text: string): RuleDefinition | null {
  try {
    // Without a limit of levels: a rule that is not understood might use the plugin all the same. Nothing here recurses.
    const fields = objectOf(JSON.parse(text));
    if (fields === null) return null;
    const [sql, graph] = [memberOf(fields, 'sql'), objectOf(memberOf(fields, 'graph'))];
    return {
      id,
      sql: typeof sql === 'string' && sql !== '' ? sql : null,
      sinks: sinksOf(memberOf(fields, 'actions')),
      graph: graph && parseRuleGraph(graph),
      text,
    };
  } catch {
    return null;
  }
}

function sinksOf(actions: unknown): string[] {
  if (!Array.isArray(actions)) return [];
  return actions.flatMap((action: unknown) => [...(objectOf(action)?.keys() ?? [])]);
}
