import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

const FOLDER = path.join(import.meta.dirname, '../../schemas/output');

/** The files that describe no command. */
const SHARED = new Set(['common', 'envelope']);

interface Envelope {
  readonly command: string | null;
  readonly data: unknown;
}

/** A schema of `schemas/output`, with what stands in it for readers. */
export interface OutputSchema {
  readonly $id: string;
  readonly title: string;
  readonly description: string;
  readonly examples?: readonly unknown[];
}

/** Every file of `schemas/output` by its name without `.schema.json`. */
export function outputSchemas(): ReadonlyMap<string, OutputSchema> {
  return new Map(
    readdirSync(FOLDER)
      .sort()
      .map((file) => [
        file.replace('.schema.json', ''),
        JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')),
      ]),
  );
}

/** The file of a command, `host-add` for `host add`; those that have none are not described yet. */
export function describedCommands(): readonly string[] {
  return [...outputSchemas().keys()].filter((name) => !SHARED.has(name));
}

let compiled: Ajv | null = null;

function ajv(): Ajv {
  if (compiled !== null) return compiled;
  // Strict about what is unknown to it; a type that follows from `allOf` or `if` is not said twice.
  compiled = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
  // Its types are those of a CommonJS module.
  addFormats.default(compiled);
  for (const schema of outputSchemas().values()) compiled.addSchema(schema);
  return compiled;
}

/** What a value has that its schema does not allow, a line each; nothing for a name without a file. */
export function againstSchema(name: string, value: unknown): string[] {
  const validate = ajv().getSchema(`urn:kplugin:schema:output:${name}`);
  if (validate === undefined || validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${name}${errorText(error)}`);
}

function errorText({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath}: ${message} ${JSON.stringify(params)}`;
}

/** What the output of `--json` has that `schemas/output` does not allow; nothing for what is no envelope at all. */
export function againstSchemas(stdout: string): string[] {
  if (!stdout.startsWith('{')) return [];
  const envelope: Envelope = JSON.parse(stdout);
  const { command, data } = envelope;
  const ofData = data === null || command === null ? [] : againstSchema(fileOf(command), data);
  return [...againstSchema('envelope', envelope), ...ofData];
}

/** The same output, where `schemas/output` allows it. Throws where it does not. */
export function described(stdout: string): string {
  const wrong = againstSchemas(stdout);
  if (wrong.length === 0) return stdout;
  const most = wrong.slice(0, 12).join('\n');
  throw new Error(`it is not what schemas/output says:\n${most}\n${stdout.slice(0, 500)}`);
}

/** `host add` → `host-add` */
export function fileOf(command: string): string {
  return command.replaceAll(' ', '-');
}
