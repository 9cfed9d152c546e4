import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const TARGET = 'src/lint/schema/validators.generated.js';

/** The definitions of all schemas, compiled once; each file carries its own copy for editors. */
const SHARED = 'kplugin:shared';

interface Schema {
  readonly $id: string;
  readonly definitions?: Readonly<Record<string, unknown>>;
}

/**
 * Compiles schemas/*.schema.json to one module without imports: `validateManifest`, `validateSource` …
 * Throws when two schemas define the same name differently, or a keyword would load ajv at run time.
 */
export function validatorsSource(): string {
  const all = schemas();
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    messages: false,
    // Calls instead of copies: a smaller module starts faster.
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema({ $id: SHARED, definitions: withoutAnnotations(sharedDefinitions(all), true) });
  const names: Record<string, string> = {};
  for (const [name, { definitions: _, ...schema }] of Object.entries(all)) {
    ajv.addSchema(withSharedRefs(withoutAnnotations(schema)));
    names[`validate${pascal(name)}`] = schema.$id;
  }
  const code = standalone.default(ajv, names);
  if (/\brequire\(|^import /m.test(code)) {
    throw new Error('a schema keyword needs ajv at run time; say it with another keyword');
  }
  return code;
}

function schemas(): Record<string, Schema> {
  const files = readdirSync('schemas').filter((file) => file.endsWith('.schema.json'));
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [
        file.replace('.schema.json', ''),
        JSON.parse(readFileSync(`schemas/${file}`, 'utf8')),
      ]),
  );
}

function sharedDefinitions(all: Readonly<Record<string, Schema>>): Record<string, unknown> {
  const shared: Record<string, unknown> = {};
  for (const [name, { definitions = {} }] of Object.entries(all)) {
    for (const [key, definition] of Object.entries(definitions)) {
      if (key in shared && !isDeepStrictEqual(shared[key], definition)) {
        throw new Error(`${name}.schema.json defines "${key}" differently from the others`);
      }
      shared[key] = definition;
    }
  }
  return shared;
}

/** What only editors read would travel with the code for nothing. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'examples',
  'default',
  'defaultSnippets',
  'enumDescriptions',
]);

/** Keywords whose members are names of the user's, not keywords. */
const NAME_MAPS = new Set(['properties', 'definitions']);

function withoutAnnotations<T>(schema: T, names = false): T {
  if (Array.isArray(schema) || typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema)
    .filter(([key]) => names || !ANNOTATIONS.has(key))
    .map(([key, value]) => [key, withoutAnnotations(value, !names && NAME_MAPS.has(key))]);
  return Object.fromEntries(kept);
}

function withSharedRefs(schema: object): object {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/definitions/', `"${SHARED}#/definitions/`),
  );
}

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** Writes the validators beside the code that uses them. */
export function writeValidators(): void {
  writeFileSync(TARGET, validatorsSource());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeValidators();
