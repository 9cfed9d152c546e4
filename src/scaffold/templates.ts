import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from './answers.ts';

/** The texts that a project is made of. */
export interface Templates {
  /** By path below `templates/<language>` or, failing that, `templates/common`; throws Error for an unknown one. */
  text(file: string): string;
  /** JSON Schemas by file name, copied into projects for editors. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** Reads the templates of one language and the schemas from where kplugin is installed. */
export async function loadTemplates(packageRoot: string, language: Language): Promise<Templates> {
  const [common, own, schemas] = await Promise.all([
    readTree(path.join(packageRoot, 'templates', 'common')),
    readTree(path.join(packageRoot, 'templates', language)),
    // Those below it describe what kplugin prints, not what a project holds.
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

/** Describes a file of the user's, not of a project. */
const HOSTS = 'hosts.schema.json';

async function readTree(root: string, recursive = true): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async (entry): Promise<[string, string]> => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(root, file).replaceAll(path.sep, '/');
      // A checkout with Windows line ends must not change what is written.
      return [name, (await readFile(file, 'utf8')).replaceAll('\r\n', '\n')];
    }),
  );
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
