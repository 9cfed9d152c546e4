import { entryAt } from '../subject/entries.ts';
import type { Subject, TextFile } from '../subject/subject.ts';

/** A longer one holds data, which no shell reads as commands. */
const MOST_BYTES = 256 * 1024;

/** The script that eKuiper runs after unpacking, `install.sh` in the root; null when the plugin has none. */
export async function installScript(subject: Subject): Promise<TextFile | null> {
  const entry = entryAt(subject.view, 'install.sh');
  if (entry?.kind !== 'file' || entry.size > MOST_BYTES) return null;
  return subject.text(entry.path);
}

/** {@link installScript}, when it is a text that a shell can read: no UTF-16 and no program. */
export async function readableScript(subject: Subject): Promise<TextFile | null> {
  const script = await installScript(subject);
  return script === null || script.bytes.includes(0) ? null : script;
}
