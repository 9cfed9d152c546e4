import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Action } from '../../cli/command.ts';
import type { Context } from '../../cli/context.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { bold } from '../../cli/output/view.ts';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { makeFolders } from '../../package/files/folders.ts';
import { writeAtomically } from '../../package/write/atomic-file.ts';
import type { command } from './command.ts';

/** The kinds of schemas and the files that each describes. */
const SCHEMA_KINDS = {
  manifest: '<plugin>.json',
  source: 'sources/<source>.json',
  sink: 'sinks/<sink>.json',
  function: 'functions/<name>.json',
  'source-config': 'sources/<source>.yaml',
  cases: 'tests/*.yaml, tests/*.json',
  hosts: 'hosts.json (kplugin host)',
} as const;

const KIND_NAMES = Object.keys(SCHEMA_KINDS) as readonly SchemaKind[];

/** `kplugin schema`: lists, prints or writes the schemas. */
export const run: Action<typeof command.flags> = async ({ flags, args }, context) => {
  const kind = args[0] === undefined ? null : kindOf(args[0]);
  if (flags.out !== undefined) return written(kind ? [kind] : KIND_NAMES, flags.out, context);
  return kind ? printed(kind, context) : listed();
};

function kindOf(text: string): SchemaKind {
  const kind = KIND_NAMES.find((one) => one === text.toLowerCase());
  if (kind) return kind;
  const meant = { plugin: 'manifest', yaml: 'source-config' }[text] ?? closest(text, KIND_NAMES);
  throw new KpluginError({
    code: 'schema-unknown',
    exit: EXIT.usage,
    message: `there is no schema "${text}"`,
    hint: meant ? `kplugin schema ${meant}` : `kinds are ${KIND_NAMES.join(', ')}`,
  });
}

function listed(): Outcome {
  const rows = KIND_NAMES.map((kind) => ({ kind, describes: SCHEMA_KINDS[kind] }));
  return {
    data: { schemas: rows },
    view: () => ({ table: { rows: rows.map(({ kind, describes }) => [bold(kind), describes]) } }),
    next: ['kplugin schema source', 'kplugin schema --out .vscode/schemas'],
  };
}

async function printed(kind: SchemaKind, { packageRoot }: Context): Promise<Outcome> {
  const text = await readSchema(packageRoot, kind);
  return { data: { kind, schema: JSON.parse(text) }, view: () => ({ raw: text }) };
}

async function written(
  kinds: readonly SchemaKind[],
  out: string,
  { cwd, packageRoot }: Context,
): Promise<Outcome> {
  const folder = path.resolve(cwd, out);
  const files = kinds.map((kind) => path.join(out, schemaFileName(kind)));
  await makeFolders(folder).catch((cause: unknown) => {
    throw notWritable(out, cause);
  });
  for (const kind of kinds) {
    const text = Buffer.from(await readSchema(packageRoot, kind));
    await writeAtomically(path.join(folder, schemaFileName(kind)), Date.now(), async (sink) => {
      await sink(text);
      return { keep: true, result: undefined };
    }).catch((cause: unknown) => {
      throw notWritable(out, cause);
    });
  }
  return { data: { files }, view: () => ({ lines: files }) };
}

function notWritable(out: string, cause: unknown): KpluginError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new KpluginError({
    code: 'not-writable',
    exit: EXIT.usage,
    message: `${out} cannot be written`,
    reason: cause instanceof KpluginError ? (cause.reason ?? words) : words,
    hint: 'give --out a directory that you may write to, on a disk with room',
    cause,
  });
}

type SchemaKind = keyof typeof SCHEMA_KINDS;

/** `source` → `source.schema.json` */
function schemaFileName(kind: SchemaKind): string {
  return `${kind}.schema.json`;
}

/** Reads a schema of the package. */
function readSchema(packageRoot: string, kind: SchemaKind): Promise<string> {
  return readFile(path.join(packageRoot, 'schemas', schemaFileName(kind)), 'utf8');
}
