import { parseForeignJson } from '../model/json/bounded.ts';
import { parseRegistrations, type Registration } from './answers.ts';
import { type Fields, fieldsOf, optionalText } from './decode.ts';
import { parseRule, type RuleDefinition } from './rule-definition.ts';

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

/** Whether a host told what it has; before 1.8 none does, and its rules are not known. */
export function isTold(exported: HostExport): boolean {
  return exported !== NOTHING_EXPORTED;
}

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

function parseFile(_name: string, text: string): string | null {
  try {
    return optionalText(fieldsOf(parseForeignJson(text), 'an upload'), 'content');
  } catch {
    return null;
  }
}
