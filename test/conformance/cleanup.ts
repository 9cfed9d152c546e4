import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Ask } from './host/ask.ts';
import { namesOf, pluginsOf, uploadsOf } from './host/state.ts';

/** Some versions do not answer here at all (docs/ekuiper.md#removing-a-plugin-in-use). */
const LIMIT = 20_000;

/**
 * Deletes every rule, stream, plugin and upload whose name begins so, rules first, without kplugin.
 * Resolves to what is left on the host all the same.
 */
export async function cleanUp(ask: Ask, prefix: string): Promise<readonly string[]> {
  for (const rule of await namesOf(ask, '/rules', prefix))
    await ask.delete(`/rules/${rule}`, LIMIT);
  for (const stream of await namesOf(ask, '/streams', prefix))
    await ask.delete(`/streams/${stream}`, LIMIT);
  for (const plugin of await pluginsOf(ask, prefix))
    await ask.delete(`/plugins/portables/${plugin}`, LIMIT);
  for (const upload of await uploadsOf(ask, prefix))
    await ask.delete(`/config/uploads/${upload}`, LIMIT);
  return leftOf(ask, prefix);
}

async function leftOf(ask: Ask, prefix: string): Promise<readonly string[]> {
  const rules = await namesOf(ask, '/rules', prefix);
  const streams = await namesOf(ask, '/streams', prefix);
  const plugins = await pluginsOf(ask, prefix);
  const uploads = await uploadsOf(ask, prefix);
  return [
    ...rules.map((name) => `rule ${name}`),
    ...streams.map((name) => `stream ${name}`),
    ...plugins.map((name) => `plugin ${name}`),
    ...uploads.map((name) => `upload ${name}`),
  ];
}

/**
 * eKuiper keeps the sockets of functions that are gone until it ends, and their files for good. On this machine the
 * files are taken away, which no host minds: nobody else has such a name.
 */
export async function removeSockets(prefix: string, folder = '/tmp'): Promise<void> {
  const ours = new RegExp(`^(plugin_|func_)?${prefix}.*\\.ipc$`);
  const files = await readdir(folder).catch(() => []);
  for (const file of files.filter((name) => ours.test(name)))
    await rm(path.join(folder, file), { force: true });
}
