import { parseForeignJson } from '../model/json/bounded.ts';
import { parseRegistrations, type Registration } from './answers.ts';
import { type Fields, fieldsOf, memberOf, objectOf, optionalText } from './decode.ts';

/** The response of `GET /data/export` (1.8+); maps by name. Source: server/import_export.go Configuration. */
export interface HostExport {
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly rules: ReadonlyMap<string, RuleDefinition>;
  /** The SQL statements that created them: `CREATE STREAM demo () WITH (TYPE="mqtt", …)`. */
  readonly streams: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
  /** Files that were uploaded as JSON with a `content` (1.11+); never zips. */
  readonly files: ReadonlyMap<string, string>;
}

export const NOTHING_EXPORTED: HostExport = {
  registrations: new Map(),
  rules: new Map(),
  streams: new Map(),
  tables: new Map(),
  files: new Map(),
};

/** Whether the host returned an export; before 1.8 none does, and its rules are unknown. */
export function isExportKnown(exported: HostExport): boolean {
  return exported !== NOTHING_EXPORTED;
}

/** Parses an export and skips entries that cannot be parsed. Throws UnexpectedAnswer when it is not an object. */
export function parseExport(value: unknown): HostExport {
  const fields = fieldsOf(value, 'the export');
  return {
    registrations: parseRegistrations(value),
    rules: parsed(fields, 'rules', parseRule),
    streams: parsed(fields, 'streams', (_name, text) => text),
    tables: parsed(fields, 'tables', (_name, text) => text),
    files: parsed(fields, 'uploads', parseFile),
  };
}

function parsed<T>(
  fields: Fields,
  key: string,
  parse: (name: string, text: string) => T | null,
): ReadonlyMap<string, T> {
  const members = fields.get(key);
  if (members === null || members === undefined) return new Map();
  const entries = [...fieldsOf(members, `"${key}" of the export`)].flatMap(([name, text]) => {
    const item = typeof text === 'string' ? parse(name, text) : null;
    return item === null ? [] : [[name, item] as const];
  });
  return new Map(entries);
}

function parseFile(_name: string, text: string): string | null {
  try {
    return optionalText(fieldsOf(parseForeignJson(text), 'an upload'), 'content');
  } catch {
    return null;
  }
}

/** A rule as it was created. */
interface RuleDefinition {
  readonly id: string;
  /** Null for a graph rule. */
  readonly sql: string | null;
  /** The types of its actions: `mqtt`, `log`, or a plugin's sink. */
  readonly sinks: readonly string[];
  /** Null for an SQL rule. */
  readonly graph: RuleGraph | null;
  /** The whole rule as JSON text. */
  readonly text: string;
}

/** Parses a rule's JSON text, which eKuiper stores as it was posted. Null when it is not an object. */
export function parseRule(id: string, text: string): RuleDefinition | null {
  try {
    // No depth limit: a rule that is not parsed might use the plugin all the same. Nothing here is recursive.
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

/** A rule defined by a `graph` instead of `sql`. Source: def.RuleGraph, planner_graph.go. */
interface RuleGraph {
  /** The types of its sources; a source node that refers to a stream must have the type of that stream. */
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  /** Every string in its operators, among them the expressions of functions, filters, joins … */
  readonly expressions: readonly string[];
}

/** Parses a graph; entries that are not nodes are skipped. */
function parseRuleGraph(graph: Fields): RuleGraph {
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

/** Every string in a value, at any depth; not recursive, because a host may send any depth. */
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
