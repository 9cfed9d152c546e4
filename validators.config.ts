import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const TARGET = 'src/lint/schema/validators.generated.js';

/**
 * Compiles schemas/*.schema.json to one module without imports: `validatePlugin`, `validateSource` …
 * Throws when a schema uses a keyword that would load ajv at run time.
 */
export function validatorsSource(): string {
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  const names: Record<string, string> = {};
  for (const { name, schema } of schemas()) {
    ajv.addSchema(withoutAnnotations(schema));
    names[`validate${pascal(name)}`] = schema.$id;
  }
  const code = standalone.default(ajv, names);
  if (/\brequire\(|^import /m.test(code)) {
    throw new Error('a schema keyword needs ajv at run time; say it with another keyword');
  }
  return code;
}

function schemas(): { name: string; schema: { $id: string } }[] {
  return readdirSync('schemas')
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => ({
      name: file.replace('.schema.json', ''),
      schema: JSON.parse(readFileSync(`schemas/${file}`, 'utf8')),
    }));
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

function pascal(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** Writes the validators beside the code that uses them. */
export function writeValidators(): void {
  writeFileSync(TARGET, validatorsSource());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeValidators();
