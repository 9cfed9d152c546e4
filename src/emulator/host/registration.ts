import { rename, writeFile } from 'node:fs/promises';
import { compareText } from '../../model/finding.ts';
import { fieldOf, stringsIn, textOf } from '../../model/json/node.ts';
import { parseGoJson } from '../../model/json/parse.ts';
import { readRegularFile } from '../../package/files/regular-file.ts';

/** The body of POST and PUT: the request of an installation. */
export interface Registration {
  readonly name: string;
  readonly file: string;
  /** Null when the body has none. */
  readonly shellParas: readonly string[] | null;
}

/** The maximum size of kplugin's registrations file, which grows with each plugin. */
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * The registrations of the installed plugins, kept across restarts in one file of the home directory. eKuiper keeps
 * them in its database (`/data/export` and import use them).
 */
export class Registrations {
  readonly #path: string;
  readonly #all = new Map<string, Registration>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads the file; a missing or damaged file counts as empty. */
  async load(): Promise<void> {
    const text = (await readRegularFile(this.#path, MOST_BYTES).catch(() => '{}')).toString();
    const parsed = parseGoJson(text);
    if (!parsed.ok || parsed.root.type !== 'object') return;
    for (const { key, value } of parsed.root.members) {
      const paras = fieldOf(value, 'shellParas');
      this.#all.set(key, {
        name: textOf(fieldOf(value, 'name')),
        file: textOf(fieldOf(value, 'file')),
        shellParas: paras === null ? null : stringsIn(paras),
      });
    }
  }

  /** Sorted by name, as Go writes a map. */
  get all(): readonly (readonly [string, Registration])[] {
    return [...this.#all].sort(([a], [b]) => compareText(a, b));
  }

  async put(name: string, registration: Registration): Promise<void> {
    this.#all.set(name, registration);
    await this.#save();
  }

  async remove(name: string): Promise<void> {
    if (this.#all.delete(name)) await this.#save();
  }

  async #save(): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(this.all), null, 2);
    await writeFile(`${this.#path}.new`, `${text}\n`);
    await rename(`${this.#path}.new`, this.#path);
  }
}
