import { type Fields, memberOf, objectOf } from './decode.ts';

/** A rule that is drawn rather than written (`graph` instead of `sql`). Source: def.RuleGraph, planner_graph.go. */
export interface RuleGraph {
  /** The types of its sources; one that stands for a stream has to have the type of that stream. */
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  /** Every text in its operators: among them the expressions of functions, filters, joins … */
  readonly expressions: readonly string[];
}

/** Reads a graph; what is no node of it is left out. */
export function parseRuleGraph(graph: Fields): RuleGraph {
  const nodes = [...(objectOf(memberOf(graph, 'nodes'))?.values() ?? [])].flatMap((node) => {
    const fields = objectOf(node);
    return fields === null ? [] : [fields];
  });
  const ofType = (type: string): Fields[] =>
    nodes.filter((node) => memberOf(node, 'type') === type);
  const nodeTypes = (type: string): string[] =>
    ofType(type).flatMap((node) => textsIn(memberOf(node, 'nodeType')));
  return {
    sources: nodeTypes('source'),
    sinks: nodeTypes('sink'),
    expressions: ofType('operator').flatMap((node) => textsIn(memberOf(node, 'props'))),
  };
}

/** Every text in a value, however deep; without recursion, because a host may nest as deep as it likes. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') texts.push(next);
    else if (typeof next === 'object' && next !== null) {
      for (const member of Object.values(next)) open.push(member);
    }
  }
  return texts;
}
