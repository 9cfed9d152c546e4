import { decodeWide, wideUnits } from '../../model/encoding/wide-units.ts';
import type { Span } from '../../model/json/node.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';
import type { Entry, PluginView } from '../../model/view.ts';
import type { Report } from '../engine/rule.ts';
import { counted } from '../engine/words.ts';
import { LINE_BYTES, readShebang, scriptProgram } from '../executable/executable-header.ts';
import { entryAt, ownFiles } from '../subject/entries.ts';
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

/** What the rules say of files that may come out of an archive: one finding for all of a rule. */
export function notLookedInto(
  what: string,
  files: readonly (Span & { readonly file: string; readonly path: string })[],
): Report[] {
  const [first, ...more] = files;
  if (first === undefined) return [];
  const { file, path, start, end } = first;
  const others = more.length === 0 ? '' : ` and ${counted(more.length, 'more file', 'more files')}`;
  return [
    {
      file,
      at: { start, end },
      severity: 'info',
      message: `${what} ${path}${others}, which may come out of an archive that install.sh unpacks`,
      effect:
        'kplugin does not look into archives: where it is not in there, the box does not have it',
      hint: `See whether it is in the archive; if not, put ${path} into the package`,
    },
  ];
}

const NAMED = /\.(?:ba|da|k|z)?sh$/;
const SHELL = /^(?:ba|da|a|k|z)?sh$/;

const scripts = new WeakMap<Subject, Promise<readonly TextFile[]>>();

/**
 * The plugin's own shell scripts, install.sh among them: files that are named so (`.sh`, `.bash`), and those without an
 * extension or with an executable bit whose `#!` line starts a shell. As many and as long as `ownFiles` says. What
 * holds zeros and is not UTF-16 or UTF-32 has data behind its commands, or is no text: it is left out.
 */
export function shellScripts(subject: Subject): Promise<readonly TextFile[]> {
  const known = scripts.get(subject) ?? findScripts(subject);
  scripts.set(subject, known);
  return known;
}

async function findScripts(subject: Subject): Promise<readonly TextFile[]> {
  const { view } = subject;
  const named = ownFiles(view, ({ path }) => NAMED.test(path));
  const others = ownFiles(view, mayBeScript);
  const starting = await Promise.all(others.map((entry) => startsShell(view, entry)));
  const paths = [...named, ...others.filter((_, at) => starting[at])].map(({ path }) => path);
  const files = await Promise.all(paths.map((path) => subject.text(path)));
  return files.flatMap((file) => (file !== null && isText(file.bytes) ? [file] : []));
}

function mayBeScript({ path, mode }: Entry): boolean {
  return !NAMED.test(path) && (!/\.\w+$/.test(path) || ((mode ?? 0) & 0o100) !== 0);
}

async function startsShell(view: PluginView, { path }: Entry): Promise<boolean> {
  const head = await view.read(path, LINE_BYTES);
  if (head === null) return false;
  const wide = wideUnits(head);
  const text = wide ? decodeWide(wide.name, head) : new TextDecoder().decode(head);
  const shebang = readShebang(new TextEncoder().encode(text));
  return shebang !== null && SHELL.test(scriptProgram(shebang));
}

/** Whether bytes are a text in some encoding, as far as zeros tell. */
export function isText(bytes: Uint8Array): boolean {
  return !bytes.includes(0) || wideUnits(bytes) !== null;
}
