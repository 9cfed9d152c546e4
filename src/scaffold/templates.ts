import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from './answers.ts';

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

/** Schemas of files in the user's home, not in a project. */
const HOSTS = 'hosts.schema.json';

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
