import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The kinds of schema, with the files that each describes. */
export const SCHEMA_KINDS = {
  manifest: '<plugin>.json',
  source: 'sources/<source>.json',
  sink: 'sinks/<sink>.json',
  function: 'functions/<name>.json',
  'source-config': 'sources/<source>.yaml',
  cases: 'tests/*.yaml, tests/*.json',
  hosts: 'hosts.json (kplugin host)',
} as const;

export type SchemaKind = keyof typeof SCHEMA_KINDS;

export const KIND_NAMES = Object.keys(SCHEMA_KINDS) as readonly SchemaKind[];

/** `source` → `source.schema.json` */
export function schemaFileName(kind: SchemaKind): string {
  return `${kind}.schema.json`;
}

/** The text of a schema, from wherever kplugin is installed. */
export function readSchema(packageRoot: string, kind: SchemaKind): Promise<string> {
  return readFile(path.join(packageRoot, 'schemas', schemaFileName(kind)), 'utf8');
}
