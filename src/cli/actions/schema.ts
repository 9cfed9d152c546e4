import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { closest } from '../../model/closest.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import type { Action } from '../command.ts';
import type { schema } from '../commands/schema.ts';
import type { Context } from '../context.ts';
import {
  KIND_NAMES,
  readSchema,
  SCHEMA_KINDS,
  type SchemaKind,
  schemaFileName,
} from '../learn/schema-files.ts';
import type { Outcome } from '../outcome.ts';

/** `kplugin schema`: list, print or write the schemas. */
export const run: Action<typeof schema.flags> = async ({ flags, args }, context) => {
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
    human: (style) =>
      rows.map(({ kind, describes }) => `${style.bold(kind.padEnd(14))} ${describes}\n`).join(''),
    next: ['kplugin schema source', 'kplugin schema --out .vscode/schemas'],
  };
}

async function printed(kind: SchemaKind, { packageRoot }: Context): Promise<Outcome> {
  const text = await readSchema(packageRoot, kind);
  return { data: { kind, schema: JSON.parse(text) }, human: () => text };
}

async function written(
  kinds: readonly SchemaKind[],
  out: string,
  { cwd, packageRoot }: Context,
): Promise<Outcome> {
  const folder = path.resolve(cwd, out);
  const files = kinds.map((kind) => path.join(out, schemaFileName(kind)));
  try {
    await mkdir(folder, { recursive: true });
    for (const kind of kinds) {
      await writeFile(path.join(folder, schemaFileName(kind)), await readSchema(packageRoot, kind));
    }
  } catch (cause) {
    throw new KpluginError({
      code: 'not-writable',
      exit: EXIT.usage,
      message: `${out} cannot be written`,
      reason: cause instanceof Error ? cause.message : String(cause),
      hint: 'give --out a directory that you may write to',
      cause,
    });
  }
  return { data: { files }, human: () => files.map((file) => `${file}\n`).join('') };
}
