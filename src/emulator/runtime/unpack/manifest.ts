import { has } from '../../../model/behaviours.ts';
import { parseGoJsonBytes } from '../../../model/json/bytes.ts';
import { decodeManifest } from '../../../model/plugin/manifest.ts';
import type { PluginInfo } from '../../../model/plugin/plugin-info.ts';
import type { Target } from '../../../model/target.ts';
import { HostRefusal } from '../refusal.ts';
import { type OpenZip, readAll, type ZipItem } from './archive.ts';

const MANIFEST_LIMIT = 16 * 1024 ** 2;

/**
 * Reads `<name>.json` from the zip as eKuiper does: the entry's name must be exactly that. Of several entries the
 * first counts; 1.14 decodes all and uses the last. Throws HostRefusal with eKuiper's error text (portable/manager.go,
 * model.go; recorded cases `zip.topfolder`, `man.*`).
 */
export async function manifestIn(zip: OpenZip, name: string, target: Target): Promise<PluginInfo> {
  const all = zip.items.filter((one) => one.name === `${name}.json`);
  const read = has(target, 'reads-first-manifest') ? all.slice(0, 1) : all;
  let decoded: ReturnType<typeof decoding> | null = null;
  for (const item of read) decoded = decoding(await bytesOf(item), name);
  if (decoded === null) {
    throw new HostRefusal(
      `missing or invalid json file ${name}.json, found ${zip.items.length} files in total`,
    );
  }
  return infoOf(decoded);
}

async function bytesOf(item: ZipItem): Promise<Buffer> {
  const content = await item.open().catch((error: unknown) => {
    if (!(error instanceof HostRefusal)) throw error;
    throw new HostRefusal(`invalid json file ${item.name}: ${error.message}`, { cause: error });
  });
  return readAll(content, MANIFEST_LIMIT);
}

/** The same for the bytes of a file. */
export function manifestOf(bytes: Uint8Array, name: string): PluginInfo {
  return infoOf(decoding(bytes, name));
}

function decoding(bytes: Uint8Array, name: string): ReturnType<typeof decodeManifest> {
  const { json } = parseGoJsonBytes(bytes);
  if (!json.ok) throw new HostRefusal(json.message);
  return decodeManifest(json.root, name);
}

function infoOf(decoded: ReturnType<typeof decodeManifest>): PluginInfo {
  if (!decoded.ok) throw new HostRefusal(decoded.message);
  return decoded.info;
}
