import type { SecretContent } from '../../model/secrets/secret-content.ts';
import { type SecretName, secretName } from '../../model/secrets/secret-names.ts';

/** The lists that decide about a path, highest priority first. */
export type ListName =
  | 'strict'
  | 'manifest'
  | 'files'
  | '.kpluginignore'
  | 'defaults'
  | 'everything';

/** Why a path is included or excluded; `pack --explain` prints it. */
export interface Verdict {
  readonly packed: boolean;
  readonly list: ListName;
  /** 1-based line of `.kpluginignore`, or 1-based position in `files`; null for the built-in lists. */
  readonly line: number | null;
  /** The pattern as written, or a description when there is none. */
  readonly rule: string;
  /**
   * The reason of the strict set: why it excludes the path, or what it objects to although a line includes it. Only
   * when the strict set applies.
   */
  readonly reason?: string;
  /** A likely password in a file that is packed all the same: `it holds a password in clear text in line 3`. */
  readonly guess?: string;
  /** The content that decided; no line can include a private key. */
  readonly holds?: 'private key' | 'other secret';
}

/** A line of the project's lists that names what it includes. */
export interface ExplicitLine {
  readonly list: ListName;
  /** 1-based: line of `.kpluginignore`, or position in `files`. */
  readonly line: number;
  /** As written. */
  readonly rule: string;
}

/** The verdict on everything that no list mentions. */
export const TAKEN: Verdict = {
  packed: true,
  list: 'everything',
  line: null,
  rule: 'no rule leaves it out',
};

/** Part of the names of kplugin's own temporary files; see write/atomic-file.ts. */
export const TEMPORARY_SUFFIX = '.kplugin-tmp';

const ZIP: SecretName = { rule: '*.zip', reason: 'such files are most often older packages' };

const TEMPORARY: SecretName = {
  rule: `*${TEMPORARY_SUFFIX}`,
  reason: 'such files are packages that were not finished',
};

/**
 * The rule for files that are packed only when a line names them: secrets, because a plugin is installed on machines
 * of others, and zips, which are most often older packages. Null for everything else. A directory's path ends with a
 * slash.
 */
export function strictRule(path: string): SecretName | null {
  const lower = path.toLowerCase();
  if (lower.endsWith('.zip')) return ZIP;
  return lower.endsWith(TEMPORARY_SUFFIX) ? TEMPORARY : secretName(path);
}

/** The verdict on a file that the strict set excludes. */
export function leftOutBy({ rule, reason }: SecretName): Verdict {
  return { packed: false, list: 'strict', line: null, rule, reason };
}

/** Excludes reports of `kplugin test`: their times differ in each run, and so would the package. */
export const TEST_REPORT: Verdict = leftOutBy({
  rule: 'a test report',
  reason: 'kplugin test --junit wrote it, and no plugin needs it',
});

/** Excludes an older package, whatever its name, from the next one. */
export const NESTED_PACKAGE: Verdict = leftOutBy({
  rule: 'a plugin package',
  reason: 'it is a zip with the manifest of a plugin, most likely an older package',
});

/** How to include other secrets in the package of a project, and in one that is packed from a zip. */
export const LINE_IN_PROJECT = 'a line of .kpluginignore that names the file (!…) lets it in';

export const LINE_IN_ZIP =
  'to keep it, pack the folder of the project in place of the zip, with a line in its .kpluginignore that names the ' +
  'file (!…)';

const NEVER =
  'kplugin never packs a private key, because everybody who can read files on the box could use it: ' +
  'put it on the box itself';

const NEVER_SEALED =
  'kplugin never packs one, because it may hold a private key and kplugin cannot look inside: put it on the box ' +
  'itself; for certificates alone, use a PEM file';

/**
 * The verdict on the content of a file, whatever its name: `server.crt` may contain the key as well. `named`: the
 * line that names the file; `remedy`: how to write such a line. No line can include a private key. A likely password
 * without a fixed form may be a false alarm: the file is packed, and the rule secret-packed warns about it.
 */
export function secretVerdict(
  { what, isPrivateKey, isSealed, isGuess, line }: SecretContent,
  named: ExplicitLine | null,
  remedy: string,
): Verdict {
  const holds = isSealed
    ? `it is ${what}`
    : `it holds ${what}${line === null ? '' : ` in line ${line}`}`;
  if (isPrivateKey) {
    const reason = `${holds}; ${isSealed ? NEVER_SEALED : NEVER}`;
    return { ...leftOutBy({ rule: what, reason }), holds: 'private key' };
  }
  if (named) return { packed: true, ...named, reason: holds };
  if (isGuess) return { ...TAKEN, guess: holds };
  const reason = `${holds}; ${remedy}`;
  return { ...leftOutBy({ rule: what, reason }), holds: 'other secret' };
}
