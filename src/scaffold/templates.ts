import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from './answers.ts';

/** Schemas of files in the user's home, not in a project. */
const HOSTS = 'hosts.schema.json';

const PLACEHOLDER = /\{\{ (\w+)(?: \| (\w+))? \}\}/g;

/** Characters that cannot end a string, a comment or a line in any of the languages. */
const PLAIN = /^[A-Za-z0-9_./+-]*$/;

const ENCODERS: Readonly<Record<string, (text: string) => string>> = {
  /** Inside a Python string between three double quotes. */
  docstring: (text) => text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"'),
  /** After `//` or `#`. */
  line: (text) => text.replace(/\s+/g, ' '),
  markdown: (text) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&'),
};

/** The template texts of a project. */
export interface Templates {
  /** Looked up in `templates/<language>`, then in `templates/common`; throws Error for an unknown path. */
  text(file: string): string;
  /** JSON Schemas by file name, copied into projects for editors. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** Reads the templates of one language and the schemas from where kplugin is installed. */
export async function loadTemplates(packageRoot: string, language: Language): Promise<Templates> {
  const [common, own, schemas] = await Promise.all([
    readTree(path.join(packageRoot, 'templates', 'common')),
    readTree(path.join(packageRoot, 'templates', language)),
    // Schemas in subfolders describe kplugin's output, not files of a project.
    readTree(path.join(packageRoot, 'schemas'), false),
  ]);
  return {
    text(file) {
      const text = own.get(file) ?? common.get(file);
      if (text === undefined) throw new Error(`no template ${file} for ${language}`);
      return text;
    },
    schemas: new Map([...schemas].filter(([file]) => file !== HOSTS)),
  };
}

async function readTree(root: string, recursive = true): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async (entry): Promise<[string, string]> => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(root, file).replaceAll(path.sep, '/');
      // A checkout with CRLF must not change the generated files.
      return [name, (await readFile(file, 'utf8')).replaceAll('\r\n', '\n')];
    }),
  );
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Text that is already in the language of the file: zero or more lines. */
export interface Fragment {
  readonly code: string;
}

/** A string is inserted through an encoder, or without one when it is a plain word. */
export type Values = Readonly<Record<string, string | Fragment>>;

/**
 * Fills `{{ key }}` and `{{ key | encoder }}`. A line that holds only an empty fragment is removed. Throws Error (a
 * mistake in the template, not of the user) for unknown keys and encoders, for leftover braces, and for a text that is
 * not plain and has no encoder.
 */
export function render(template: string, values: Values): string {
  const filled = template
    .split('\n')
    .filter((line) => !isEmptyFragment(line, values))
    .map((line) => renderLine(line, values))
    .join('\n');
  return filled;
}

function renderLine(line: string, values: Values): string {
  const rest = line.replace(PLACEHOLDER, '');
  if (rest.includes('{{')) throw new Error(`a broken placeholder: ${line}`);
  return line.replace(PLACEHOLDER, (_, key: string, encoder?: string) =>
    fill(key, encoder, values),
  );
}

function fill(key: string, encoder: string | undefined, values: Values): string {
  const value = values[key];
  if (value === undefined) throw new Error(`no value for the placeholder ${key}`);
  if (typeof value !== 'string') return value.code;
  if (encoder === undefined) {
    if (!PLAIN.test(value)) throw new Error(`the placeholder ${key} needs an encoder`);
    return value;
  }
  const encode = ENCODERS[encoder];
  if (!encode) throw new Error(`no encoder ${encoder}`);
  return encode(value);
}

function isEmptyFragment(line: string, values: Values): boolean {
  const match = /^\s*\{\{ (\w+) \}\}$/.exec(line);
  const value = match?.[1] === undefined ? undefined : values[match[1]];
  return typeof value === 'object' && value.code === '';
}

/**
 * Fills the placeholders in the strings of a JSON template and formats it with two spaces: values are always escaped.
 * Throws Error as {@link render} does.
 */
export function renderJson(template: string, values: Readonly<Record<string, string>>): string {
  const filled: unknown = JSON.parse(template, (_, value: unknown) =>
    typeof value === 'string' ? renderText(value, values) : value,
  );
  return `${JSON.stringify(filled, null, 2)}\n`;
}

function renderText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`no value for the placeholder ${key}`);
    return value;
  });
}
