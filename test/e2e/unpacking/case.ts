import { type CraftedEntry, type CraftedZip, craftZip } from '../../fixtures/crafted-zip.ts';
import { rawPlugin } from '../bad-input/raw-plugin.ts';

/** A zip that is given to an eKuiper: what belongs to the plugin is made from its name. */
export interface UnpackCase {
  /** Also the end of the plugin's name. */
  readonly id: string;
  readonly zip: Buffer;
}

/** The plugin of a case; its name begins as those of no other test do. */
export const pluginOf = (id: string): string => `unz_${id}`;

export const file = (name: string | Buffer, content = 'x', mode = 0o100644): CraftedEntry => ({
  name,
  content,
  attributes: mode * 0x10000,
});
export const dir = (name: string, mode = 0o040755): CraftedEntry => ({
  name,
  content: '',
  method: 0,
  attributes: mode * 0x10000,
});

/** The text of a manifest: one function, unless the fields say more. */
export function manifestText(
  plugin: string,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  const functions = [`${plugin}_fn`];
  return JSON.stringify({
    version: '1.0.0',
    language: 'go',
    executable: 'run',
    functions,
    ...fields,
  });
}

/** A program that runs and shakes hands. */
export function programText(plugin: string): string {
  return rawPlugin(plugin).find(({ name }) => name === 'run')?.text ?? '';
}

/** The two files that every plugin has. */
export interface Base {
  readonly plugin: string;
  readonly manifest: CraftedEntry;
  readonly program: CraftedEntry;
}

function baseOf(id: string): Base {
  const plugin = pluginOf(id);
  return {
    plugin,
    manifest: file(`${plugin}.json`, manifestText(plugin)),
    program: file('run', programText(plugin), 0o100755),
  };
}

/** A good plugin and these entries behind it. */
export function plus(id: string, ...more: readonly CraftedEntry[]): UnpackCase {
  const { manifest, program } = baseOf(id);
  return { id, zip: craftZip({ entries: [manifest, program, ...more] }) };
}

/** The entries are all there are. */
export function only(id: string, entries: (base: Base) => readonly CraftedEntry[]): UnpackCase {
  return { id, zip: craftZip({ entries: entries(baseOf(id)) }) };
}

/** A good plugin whose zip is made otherwise. */
export function boxed(
  id: string,
  parts: Omit<CraftedZip, 'entries'>,
  ...more: readonly CraftedEntry[]
): UnpackCase {
  const { manifest, program } = baseOf(id);
  return { id, zip: craftZip({ entries: [manifest, program, ...more], ...parts }) };
}

/** The bytes of a good plugin, changed. */
export function bytes(id: string, change: (zip: Buffer) => Buffer): UnpackCase {
  return { id, zip: change(plus(id).zip) };
}

/** A manifest with this text or these bytes, and the program. */
export function manifest(id: string, text: (plugin: string) => string | Buffer): UnpackCase {
  return only(id, ({ plugin, program }) => [
    { name: `${plugin}.json`, content: text(plugin) },
    program,
  ]);
}

/** A manifest with these fields besides the usual ones, the program, and more entries. */
export function fields(
  id: string,
  more: Readonly<Record<string, unknown>>,
  ...entries: readonly CraftedEntry[]
): UnpackCase {
  return only(id, ({ plugin, program }) => [
    file(`${plugin}.json`, manifestText(plugin, more)),
    program,
    ...entries,
  ]);
}
