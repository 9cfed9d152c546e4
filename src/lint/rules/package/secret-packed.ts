import { ignorePattern } from '../../../model/clean-path.ts';
import { UNPACK_LIMITS } from '../../../model/secrets/compressed.ts';
import { type SecretName, secretName } from '../../../model/secrets/secret-names.ts';
import type { Entry } from '../../../model/view.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { counted, repack } from '../../engine/words.ts';
import { isSymbolPath } from '../../subject/entries.ts';
import { executablePath } from '../../subject/manifest.ts';
import { SEARCH_LIMITS, type SecretFiles, secretFiles } from '../../subject/secret-files.ts';
import type { Subject } from '../../subject/subject.ts';

const { files: MOST_FILES, bytes: MOST_BYTES } = SEARCH_LIMITS;
const LIMITS = `${inThousands(MOST_FILES)} files or ${mib(MOST_BYTES)}`;
const PACKED =
  `${mib(UNPACK_LIMITS.bytes)} of a compressed file, and of all ${mib(UNPACK_LIMITS.all)} and ` +
  `${inThousands(UNPACK_LIMITS.starts)} members and entries`;

/**
 * Formats without toLocaleString: its first call takes 12 ms, and every command that checks a package loads this file.
 */
function inThousands(count: number): string {
  return `${Math.trunc(count / 1000)},${String(count % 1000).padStart(3, '0')}`;
}

function mib(bytes: number): string {
  return `${bytes / 1024 ** 2} MiB`;
}

export const secretPacked: Rule = {
  id: 'secret-packed',
  severity: 'warning',
  explanation: {
    means:
      'The package holds what should not leave its author: .env, a key store, .git and their like by name; by content ' +
      'private keys, PKCS#12 key stores, the tokens of clouds and services, and what is likely a password or a token in ' +
      'clear text. kplugin searches files, ' +
      'and what gzip and zlib (in base64 too; zlib also at the start of a file) and the zips inside unpack to, one level deep (not xz, ' +
      'bzip2, zstd, brotli, base32 or base85, nor entries that are encrypted ' +
      `or compressed in another way than deflate). In a zip it stops after ${LIMITS}; kplugin pack searches files of up to 1 MiB ` +
      `to their end and 256 MiB of all larger ones, fewer where nearly everything looks like the beginning of a secret, and unpacks up to ${PACKED}. Both say what a limit, encryption or the method of an entry left unsearched.`,
    why:
      'eKuiper unpacks it on every box, readable for whoever can read there, and keeps the uploaded package for ' +
      'everybody who may use its REST API. kplugin pack leaves such files out, apart from those in which a password or token ' +
      'without a form of its own is likely: it packs them and warns, because only their author knows.',
    issues: [],
    bad: 'probe.zip\n  .env\n  certs/client.key',
    good: "probe.zip, with the secret given in the source's configuration on the box",
  },
  async check(subject) {
    // Other files that are still in the plan of a project were included by a line.
    if (subject.view.form === 'directory') return guesses(subject);
    const found = new Map([...namedSecrets(subject), ...(await linkedSecrets(subject))]);
    const searched = await secretFiles(subject);
    const privateKeys = new Set<string>();
    const likely = new Set<string>();
    for (const [path, { what, line, isSealed, isPrivateKey, isGuess }] of searched.found) {
      const place = line === null ? '' : ` in line ${line}`;
      const reason = isSealed ? `it is ${what}` : `it holds ${what}${place}`;
      if (isGuess && !found.has(path)) likely.add(path);
      if (!found.has(path)) found.set(path, { rule: what, reason });
      if (isPrivateKey) privateKeys.add(path);
    }
    // All of them: each secret has to be changed.
    const reports = Array.from(found, ([path, secret]) =>
      report(path, secret, hintFor(path, { likely, privateKeys })),
    );
    return searched.unsearched === 0 ? reports : [...reports, unsearched(subject, searched)];
  },
};

/** A likely secret does not stop the author; a line that names the file declares that it is not a secret. */
function guesses({ view }: Subject): Report[] {
  return Array.from(view.guesses ?? [], ([file, holds]) => ({
    file,
    message: `This looks like a secret: ${holds}`,
    effect: `kplugin packs the file, because this is a guess. ${UNPACKED}`,
    hint: `${IN_CLEAR}. If it is no secret, write the line !${ignorePattern(file)} into .kpluginignore`,
  }));
}

const UNPACKED = 'eKuiper unpacks it on every machine the plugin is installed on';
const IN_CLEAR =
  'Change the secret, and let the program read it from a file or an environment variable of the box';

/** The finding cannot be disabled: every recipient of the zip must see that it holds a secret. */
const ON_PURPOSE =
  'it leaves such files out. To keep one on purpose, pack the folder of the project with a line in its .kpluginignore ' +
  'that names it (!…); nothing turns this warning about the zip off';
const NEVER = 'it leaves such files out, and no line lets in a private key or a PKCS#12 key store';

function report(file: string, { reason }: SecretName, hint: Report['hint']): Report {
  return { file, message: `This looks like a secret: ${reason}`, effect: UNPACKED, hint };
}

interface Found {
  readonly likely: ReadonlySet<string>;
  readonly privateKeys: ReadonlySet<string>;
}

/** `kplugin pack` includes a file that is only a likely secret. */
function hintFor(path: string, { likely, privateKeys }: Found): Report['hint'] {
  if (likely.has(path)) return `${IN_CLEAR}, then pack the plugin anew`;
  return repack(privateKeys.has(path) ? NEVER : ON_PURPOSE, {
    first: 'Change the secret if the package has left your hands.',
  });
}

function unsearched({ view }: Subject, { unsearched: count }: SecretFiles): Report {
  return {
    file: view.label,
    severity: 'info',
    message: `${counted(count, 'file was', 'files were')} not searched to the end for private keys and tokens`,
    effect: `These are limits of kplugin: it stops after ${LIMITS} of a package, settings and programs first, and unpacks no entry of a zip inside that is encrypted or compressed in another way than deflate`,
    hint: `Search the rest with a secret scanner, or pack it from the project: kplugin pack searches more, unpacks up to ${PACKED}, and names those that it searched in part`,
  };
}

/** Secrets by path, each folder once. Files that eKuiper itself requires may have any name. */
function* namedSecrets(subject: Subject): Iterable<[string, SecretName]> {
  const executable = executablePath(subject);
  for (const entry of filesAndFolders(subject)) {
    const { path } = entry;
    if (path === executable || isSymbolPath(path)) continue;
    const place = topmost(entry);
    const secret = secretName(place);
    if (secret) yield [place.replace(/\/$/, ''), secret];
  }
}

const LONGEST_TARGET = 4096;

/** Links to files that are secret by name, anywhere: a program that follows the link reads or packs the file. */
async function linkedSecrets({ view }: Subject): Promise<[string, SecretName][]> {
  const links = view.entries.filter(({ kind }) => kind === 'symlink').slice(0, MOST_FILES);
  const found: [string, SecretName][] = [];
  for (const { path } of links) {
    const bytes = await view.read(path, LONGEST_TARGET);
    const target = Buffer.from(bytes ?? []).toString('utf8');
    const secret = secretName(target) ?? secretName(`${target}/`);
    if (secret)
      found.push([path, { rule: secret.rule, reason: `it leads to ${target}; ${secret.reason}` }]);
  }
  return found;
}

/** The folder that is secret as a whole, with a trailing slash, or the path itself. */
function topmost({ path, kind }: Entry): string {
  const own = kind === 'directory' ? `${path}/` : path;
  if (secretName(own) === null) return own;
  for (let slash = own.indexOf('/'); slash >= 0; slash = own.indexOf('/', slash + 1)) {
    const folder = own.slice(0, slash + 1);
    if (secretName(folder) !== null) return folder;
  }
  return own;
}

function filesAndFolders({ view }: Subject): Entry[] {
  return view.entries.filter(({ kind }) => kind === 'file' || kind === 'directory');
}
