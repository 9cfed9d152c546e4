import { plainLine } from '../text.ts';
import { parseRegistrations, type Registration } from './answers.ts';
import { type Fields, fieldsOf, itemsOf, optionalText } from './decode.ts';

/** A rule as it was created. */
export interface RuleDefinition {
  readonly id: string;
  /** Null for a rule that is a graph. */
  readonly sql: string | null;
  /** The names of its actions: `mqtt`, `log`, or a plugin's sink. */
  readonly sinks: readonly string[];
  /** Everything as JSON text, for graphs: what cannot be told apart is looked for in it. */
  readonly text: string;
}

/** What `GET /data/export` tells (1.8+); maps by name. Source: server/import_export.go Configuration. */
export interface HostExport {
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly rules: ReadonlyMap<string, RuleDefinition>;
  /** The statements that created them: `CREATE STREAM demo () WITH (TYPE="mqtt", …)`. */
  readonly streams: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
  /** Files that were uploaded as JSON with a `content` (1.11+); zips are never among them. */
  readonly files: ReadonlyMap<string, string>;
}

export const NOTHING_EXPORTED: HostExport = {
  registrations: new Map(),
  rules: new Map(),
  streams: new Map(),
  tables: new Map(),
  files: new Map(),
};

/** Reads an export; what cannot be read in it is left out. Throws UnexpectedAnswer when it is no object. */
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

function parseRule(id: string, text: string): RuleDefinition | null {
  try {
    const fields = fieldsOf(JSON.parse(text), 'a rule');
    const sinks = itemsOf(fields.get('actions'), 'actions').flatMap((action) => [
      ...fieldsOf(action, 'an action').keys(),
    ]);
    return { id: plainLine(id), sql: optionalText(fields, 'sql'), sinks, text };
  } catch {
    return null;
  }
}

function parseFile(_name: string, text: string): string | null {
  try {
    return optionalText(fieldsOf(JSON.parse(text), 'an upload'), 'content');
  } catch {
    return null;
  }
}
