import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

/**
 * A generated module of validators, next to the code that uses them: a command loads only those for the files that it
 * reads.
 */
interface Target {
  readonly file: string;
  /** Names of files in schemas/. */
  readonly schemas: readonly string[];
  /** Whether a violation includes its schema, whose texts make up its message. */
  readonly explains: boolean;
}

export const TARGETS: readonly Target[] = [
  {
    file: 'src/lint/schema/validators.generated.js',
    schemas: ['function', 'manifest', 'sink', 'source', 'source-config'],
    explains: false,
  },
  {
    file: 'src/testing/read/cases.generated.js',
    schemas: ['cases'],
    explains: true,
  },
  { file: 'src/hosts/hosts.generated.js', schemas: ['hosts'], explains: true },
];

/** The definitions of all schemas of a module, compiled once; in schemas/ each file has its own copy, for editors. */
const SHARED = 'kplugin:shared';

interface Schema {
  readonly $id: string;
  readonly definitions?: Readonly<Record<string, unknown>>;
  readonly examples?: unknown;
}

/**
 * Compiles schemas/*.schema.json to one module without imports, with exports such as `validateManifest` and
 * `validateSource`. Throws when two schemas define the same name differently, or when a keyword would import ajv at
 * run time.
 */
export function validatorsSource({ schemas, explains }: Target): string {
  const all = new Map(schemas.map((name) => [name, readSchema(name)]));
  const annotations = explains ? ONLY_FOR_EDITORS : ANNOTATIONS;
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    messages: false,
    verbose: explains,
    // Calls instead of inlined copies: a smaller module starts faster.
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(['errorMessage']);
  const shared = without(sharedDefinitions(all), annotations, true);
  ajv.addSchema({ $id: SHARED, definitions: shared });
  const names: Record<string, string> = {};
  // The examples of a whole file are only for editors.
  for (const [name, { definitions: _, examples: __, ...schema }] of all) {
    ajv.addSchema(withSharedRefs(without(schema, annotations)));
    names[`validate${pascal(name)}`] = schema.$id;
  }
  const code = withLists(standalone.default(ajv, names));
  if (/\brequire\(|^import /m.test(code)) {
    throw new Error('a schema keyword needs ajv at run time; say it with another keyword');
  }
  return code;
}

/**
 * Moves adding violations to the list into two functions. ajv repeats this code, a third of the module, and copies
 * the list for each part of a value, which takes quadratic time for a list with many invalid items.
 */
function withLists(code: string): string {
  const shorter = code
    .replace(/vErrors === null \? ([\w.]+) : vErrors\.concat\(\1\)/g, 'addAll(vErrors, $1)')
    .replace(
      /if\(vErrors === null\)\{\nvErrors = \[(\w+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      'vErrors = add(vErrors, $1);',
    )
    // The value can be found by its path, and the keyword's own schema is part of its parent.
    .replace(
      /,schema:[^\n]*,parentSchema:([^\n]*?),data\w*(?::[\w[\]]+)?(,propertyName:\w+)?\};\n/g,
      ',about:$1$2};\n',
    )
    .replace(/schemaPath:"([^"\n]*)"/g, (_, place: string) => `schemaPath:"${shortened(place)}"`)
    .replace(
      /const err\d+ = (\{[^\n]*\});\nvErrors = add\(vErrors, err\d+\);/g,
      'vErrors = add(vErrors, $1);',
    )
    .replace(/,parentData[^\n]*?,rootData\}/g, '}')
    .replaceAll(', parentData, parentDataProperty, rootData=data}', '}');
  if (/\.(concat|push)\(|parentSchema:/.test(shorter)) {
    throw new Error('ajv gathers violations in another way');
  }
  return `${shorter}
function add(errors, one) {
if(errors === null) return [one];
errors.push(one);
return errors;
}
function addAll(errors, more) {
if(errors === null) return more;
for (const one of more) errors.push(one);
return errors;
}
`;
}

/**
 * Shortens a schema path to what the code uses: the dependency that it lies below, and whether it is one of several
 * alternatives.
 */
function shortened(place: string): string {
  const [dependency = ''] = /\/dependencies\/[^/]+\//.exec(place) ?? [];
  const [choice = ''] = /\/(?:any|one)Of\/\d+\/required$/.exec(place) ?? [];
  return `${dependency}${choice}`;
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
}

function sharedDefinitions(all: ReadonlyMap<string, Schema>): Record<string, unknown> {
  const shared: Record<string, unknown> = {};
  for (const [name, { definitions = {} }] of all) {
    for (const [key, definition] of Object.entries(definitions)) {
      if (key in shared && !isDeepStrictEqual(shared[key], definition)) {
        throw new Error(`${name}.schema.json defines "${key}" differently from the others`);
      }
      shared[key] = definition;
    }
  }
  return shared;
}

/** Keywords that only editors read, removed to keep the code small. */
const ONLY_FOR_EDITORS = new Set(['default', 'defaultSnippets', 'enumDescriptions']);

const ANNOTATIONS = new Set([
  ...ONLY_FOR_EDITORS,
  'title',
  'description',
  'examples',
  'errorMessage',
]);

/** Keywords whose members are property names, not keywords. */
const NAME_MAPS = new Set(['properties', 'definitions']);

function without<T>(schema: T, annotations: ReadonlySet<string>, names = false): T {
  if (Array.isArray(schema) || typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema)
    .filter(([key]) => names || !annotations.has(key))
    .map(([key, value]) => [key, without(value, annotations, !names && NAME_MAPS.has(key))]);
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

/** Writes the modules of validators next to the code that uses them. */
export function writeValidators(): void {
  for (const target of TARGETS) writeFileSync(target.file, validatorsSource(target));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeValidators();
