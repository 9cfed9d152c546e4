import { TEXT_LIMITS } from '../../model/text-limits.ts';
import { entryAt } from '../subject/entries.ts';
import type { Subject, TextFile } from '../subject/subject.ts';

/**
 * The script that eKuiper runs after unpacking, `install.sh` in the root; null when the plugin has none, or one that is
 * longer than kplugin reads (rule text-not-checked).
 */
export async function installScript(subject: Subject): Promise<TextFile | null> {
  const entry = entryAt(subject.view, 'install.sh');
  if (entry?.kind !== 'file' || entry.size > TEXT_LIMITS.script) return null;
  return subject.text(entry.path);
}

/** {@link installScript}, when a shell can read it: not UTF-16 and not a binary program. */
export async function readableScript(subject: Subject): Promise<TextFile | null> {
  const script = await installScript(subject);
  return script === null || script.bytes.includes(0) ? null : script;
}
