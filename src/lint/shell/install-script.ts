import { entryAt } from '../entries.ts';
import type { Subject, TextFile } from '../subject.ts';

/** The script that eKuiper runs after unpacking, `install.sh` in the root; null when the plugin has none. */
export async function installScript(subject: Subject): Promise<TextFile | null> {
  return entryAt(subject.view, 'install.sh')?.kind === 'file' ? subject.text('install.sh') : null;
}
