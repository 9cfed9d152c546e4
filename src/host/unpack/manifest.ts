import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import { decodeManifest } from '../../model/manifest.ts';
import type { PluginInfo } from '../../model/plugin-info.ts';
import { HostRefusal } from '../refusal.ts';
import { type OpenZip, readItem } from './archive.ts';

const MANIFEST_LIMIT = 16 * 1024 ** 2;

/**
 * Reads `<name>.json` from the zip as eKuiper does: the entry's name must be just that, the last of several counts.
 * Throws HostRefusal in its words (portable/manager.go, model.go; recorded cases `zip.topfolder`, `man.*`).
 */
export async function manifestIn(zip: OpenZip, name: string): Promise<PluginInfo> {
  const item = zip.items.findLast((one) => one.name === `${name}.json`);
  if (!item) {
    throw new HostRefusal(
      `missing or invalid json file ${name}.json, found ${zip.items.length} files in total`,
    );
  }
  return manifestOf(await readItem(item, MANIFEST_LIMIT), name);
}

/** The same for the bytes of a file. */
export function manifestOf(bytes: Uint8Array, name: string): PluginInfo {
  const { json } = parseGoJsonBytes(bytes);
  if (!json.ok) throw new HostRefusal(json.message);
  const decoded = decodeManifest(json.root, name);
  if (!decoded.ok) throw new HostRefusal(decoded.message);
  return decoded.info;
}
