import {
  CODE,
  DATA,
  type NamePattern,
  SAMPLE,
  SECRET_NAMES,
  type SecretName,
} from './forms/name-patterns.ts';

export type { SecretName } from './forms/name-patterns.ts';

/** How patterns for directories end. */
const FOLDER_END = /(?:\/|$)/.source;

/** Common prefixes of the patterns, the longest first, as regular expression sources. */
const LEADS = [
  `^(?!.*${CODE})(?!.*${DATA})(?:.*/)?`,
  `^(?!.*${CODE})(?!.*${SAMPLE})(?:.*/)?`,
  `^(?!.*${CODE})(?:.*/)?`,
  '(?:^|/)[^/]*',
  '(?:^|/)',
  '',
].map((lead) => (lead === '' ? lead : new RegExp(lead).source));

/** Names of directories match anywhere in a path; all others match its end, at most its last two segments. */
const IN_FOLDER = anyOf(SECRET_NAMES.filter(isFolder).map(({ pattern }) => pattern.source));
const AT_END = anyOf(
  SECRET_NAMES.filter((row) => !isFolder(row)).map(({ pattern }) => pattern.source),
);

function isFolder({ pattern }: NamePattern): boolean {
  return pattern.source.endsWith(FOLDER_END);
}

/**
 * Joins patterns into one regular expression with common prefixes factored out, so that a long path is not scanned
 * once for each pattern.
 */
function anyOf(sources: readonly string[]): RegExp {
  const rests = new Map<string, string[]>(LEADS.map((lead) => [lead, []]));
  for (const source of sources) {
    const lead = LEADS.find((one) => source.startsWith(one)) ?? '';
    rests.get(lead)?.push(source.slice(lead.length));
  }
  const groups = Array.from(rests).flatMap(([lead, rest]) =>
    rest.length === 0 ? [] : [`${lead}(?:${rest.join('|')})`],
  );
  return new RegExp(groups.join('|'));
}

/** Linux: 255 bytes, so at most as many characters. */
const LONGEST_NAME = 255;

/**
 * Returns which secret the name of a file (or of a directory above it) stands for, or null. `path` is relative with
 * slashes; a directory's ends with one. Case-insensitive. Samples (`.env.example`), public keys (`id_rsa.pub`), data
 * (`id_map.json`) and program sources (`env.py`, `core.py`) are not secrets.
 */
export function secretName(path: string): SecretName | null {
  // No system has longer paths; a limit keeps the patterns fast.
  const lower = path.slice(-4096).toLowerCase();
  if (lower.split('/').some(({ length }) => length > LONGEST_NAME)) return null;
  const original = withoutCopyMark(lower);
  return namedIn(lower) ?? (original === lower ? null : namedIn(original));
}

function namedIn(lower: string): SecretName | null {
  if (!AT_END.test(lastTwoNames(lower)) && !IN_FOLDER.test(lower)) return null;
  const found = SECRET_NAMES.find(({ pattern }) => pattern.test(lower));
  return found ? { rule: found.rule, reason: found.reason } : null;
}

/** The last two segments with the slash before them, so that a pattern for the root does not match below it. */
function lastTwoNames(path: string): string {
  const last = path.lastIndexOf('/', path.length - 2);
  return last <= 0 ? path : path.slice(Math.max(0, path.lastIndexOf('/', last - 1)));
}

/**
 * Removes the suffix of a copy, which has the same content: `.my.cnf.bak`, `.env copy`, `credentials (1).json`,
 * `.pgpass - Copy`, `.npmrc~`.
 */
function withoutCopyMark(lower: string): string {
  return lower
    .replace(/(?:\.(?:bak|backup|old|orig|save|swp|copy)\d{0,3}|~)$/, '')
    .replace(
      /(?:(?: -)? (?:copy|kopie)(?: \(?\d{1,3}\)?)?| ?\(\d{1,3}\))(\.[a-z0-9]{1,8})?$/,
      '$1',
    );
}
