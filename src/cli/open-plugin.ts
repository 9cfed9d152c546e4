import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Examination } from '../lint/lint.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { parseGoJsonBytes } from '../model/json/bytes.ts';
import { memberOf } from '../model/json/node.ts';
import { fileWord } from '../model/shell-word.ts';
import type { PluginView } from '../model/view.ts';
import { openDirectoryView } from '../package/directory-view.ts';
import { openRegularFile } from '../package/files/regular-file.ts';

const SMALL = 256 * 1024;

const SKIPPED = /^(\.|node_modules$|venv$|__pycache__$)/;

/** How far above the current directory a project is looked for. */
const MOST_ABOVE = 4;

/**
 * The project of the current directory, as typed: `.`, or `..` and so on when the manifest stands in a directory above.
 * `.` when there is none.
 */
export async function projectHere(cwd: string): Promise<string> {
  for (let up = 0; up <= MOST_ABOVE; up += 1) {
    const label = up === 0 ? '.' : Array.from({ length: up }, () => '..').join('/');
    if (await holdsManifest(path.resolve(cwd, label))) return label;
  }
  return '.';
}

/** Opens the project or package at a path; throws (exit 2) when it is neither. */
export async function openPlugin(file: string, label: string): Promise<PluginView> {
  const stats = await stat(file).catch(() => null);
  if (stats?.isDirectory()) return { ...(await openDirectoryView(file)), label };
  if (stats) await assertPackage(file, label, stats.isFile());
  // The zip reader is imported only for zips.
  const { openView } = await import('../package/open/open-view.ts');
  return openView(file, label);
}

async function assertPackage(file: string, label: string, isFile: boolean): Promise<void> {
  // A broken package is reported as findings; a file of another type is a usage error.
  if (/\.zip$/i.test(file) || (await startsLikeZip(file).catch(() => false))) return;
  throw new KpluginError({
    code: 'not-a-package',
    exit: EXIT.usage,
    message: `${label} is neither a project directory nor a package (.zip)`,
    ...(file.endsWith('.json') && {
      reason: 'a JSON file is checked together with the plugin it belongs to',
    }),
    hint: isFile
      ? `kplugin validate ${fileWord(projectOf(label))}`
      : 'give the directory of a project or the path of a package (.zip)',
  });
}

/** The likely project directory of a file: `p/sources/x.json` → `p`. */
function projectOf(label: string): string {
  const folder = path.dirname(label);
  return /^(sources|sinks|functions)$/.test(path.basename(folder)) ? path.dirname(folder) : folder;
}

/** Findings that mean that the directory is not a plugin at all, so that other checks make no sense. */
const NO_PLUGIN = ['manifest-missing', 'manifest-in-folder', 'native-plugin'];

/** Throws (exit 2) for a directory without a manifest, with a hint to what was probably meant. */
export async function assertManifest(
  { subject, findings }: Examination,
  directory: string,
  label: string,
): Promise<void> {
  const told = findings.find(({ rule }) => NO_PLUGIN.includes(rule));
  if (subject.view.form !== 'directory' || subject.manifest || !told) return;
  const inside = await foldersWithManifest(directory);
  const at = (folder: string): string => fileWord(path.join(label, folder));
  throw new KpluginError({
    code: 'no-manifest',
    exit: EXIT.usage,
    message: `${label} is no plugin: it has no manifest (<name>.json)`,
    ...(told.rule === 'native-plugin' && { reason: told.message }),
    hint:
      inside.length > 0
        ? inside.map((folder) => `kplugin validate ${at(folder)}`).join('\n')
        : told.rule === 'native-plugin'
          ? told.hint
          : 'add <name>.json beside the executable, or make a plugin: kplugin init',
  });
}

/** Whether a file begins with a zip signature (also that of an empty or spanned zip). */
async function startsLikeZip(file: string): Promise<boolean> {
  const start = await readStart(file, 4);
  return start.subarray(0, 2).toString('latin1') === 'PK';
}

/** Whether a JSON file looks like the manifest of a portable plugin. */
async function looksLikeManifest(file: string): Promise<boolean> {
  const { json } = parseGoJsonBytes(await readStart(file, SMALL));
  return (
    json.ok &&
    memberOf(json.root, 'language') !== null &&
    memberOf(json.root, 'executable') !== null
  );
}

/** The directories with a manifest, at most two levels below `root`; POSIX paths, sorted. */
async function foldersWithManifest(root: string, levels = 2): Promise<string[]> {
  const names = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = names.filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name));
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const folder = path.join(root, name);
      if (await holdsManifest(folder)) return [name];
      const deeper = levels > 1 ? await foldersWithManifest(folder, levels - 1) : [];
      return deeper.map((inner) => `${name}/${inner}`);
    }),
  );
  return found.flat().sort();
}

async function holdsManifest(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const looks = names
    .filter((name) => name.endsWith('.json'))
    .map((name) => looksLikeManifest(path.join(folder, name)).catch(() => false));
  return (await Promise.all(looks)).includes(true);
}

async function readStart(file: string, bytes: number): Promise<Buffer> {
  const handle = await openRegularFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
