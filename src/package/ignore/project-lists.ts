import { EXIT, KpluginError } from '../../model/error.ts';
import { parseForeignJson } from '../../model/json/bounded.ts';

export const IGNORE_FILE = '.kpluginignore';
export const CONFIG_FILE = '.kplugin.json';

/** What the project itself says about its package. */
export interface ProjectLists {
  /** The lines of `.kpluginignore`, line ends taken off. */
  readonly ignoreLines: readonly string[];
  /** The allow-list of `.kplugin.json`; null when it has none and everything is taken in. */
  readonly files: readonly string[] | null;
}

/** Each pattern is tried on each path, and `*` in each way: more than this would take minutes. */
const MOST = { patterns: 2000, characters: 1000, stars: 6, starsInName: 3 } as const;

/**
 * Reads the project's two lists; both texts may be null (no such file).
 * Throws when `.kplugin.json` is not what it should be, or when a list is longer or more intricate than any that was
 * written by hand: packing something else than meant is worse.
 */
export function projectLists(ignoreText: string | null, configText: string | null): ProjectLists {
  const text = (ignoreText ?? '').replace(/^\uFEFF/, '');
  const lines = text === '' ? [] : text.split(/\r\n|\n|\r/);
  const ignoreLines = lines.map((line) => (line.startsWith('#') ? '' : line));
  const files = configText === null ? null : allowList(configText);
  const fault = listFault(ignoreLines);
  if (fault !== null) throw unusable(IGNORE_FILE, fault);
  const filesFault = listFault(files ?? []);
  if (filesFault !== null) throw unusable(CONFIG_FILE, `"files": ${filesFault}`);
  return { ignoreLines, files };
}

/** What makes a list of patterns one that cannot be applied; null when nothing does. */
function listFault(patterns: readonly string[]): string | null {
  const written = patterns.filter((pattern) => pattern.trim() !== '').length;
  if (written > MOST.patterns) {
    return `it has ${written} patterns, and kplugin takes ${MOST.patterns} at most`;
  }
  const index = patterns.findIndex(isIntricate);
  if (index < 0) return null;
  return `pattern ${index + 1} is longer than ${MOST.characters} characters, or has more than ${MOST.starsInName} "*" in one name or ${MOST.stars} in all`;
}

function isIntricate(pattern: string): boolean {
  if (pattern.length > MOST.characters) return true;
  const names = pattern.split('/').map((name) => name.split(/\*+/).length - 1);
  const all = names.reduce((sum, stars) => sum + stars, 0);
  return all > MOST.stars || names.some((stars) => stars > MOST.starsInName);
}

function allowList(text: string): readonly string[] | null {
  const config = parse(text);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw invalid('it must be a JSON object, such as {"files": ["lib/", "*.py"]}');
  }
  if (!('files' in config)) return null;
  const { files } = config;
  if (!Array.isArray(files) || !files.every((item) => typeof item === 'string')) {
    throw invalid('"files" must be a list of patterns, such as ["lib/", "*.py"]');
  }
  return files;
}

function parse(text: string): unknown {
  try {
    return parseForeignJson(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(reason: string, cause?: unknown): KpluginError {
  return unusable(CONFIG_FILE, reason, cause);
}

function unusable(file: string, reason: string, cause?: unknown): KpluginError {
  return new KpluginError({
    code: 'project-config-invalid',
    exit: EXIT.usage,
    message: `${file} of the project cannot be used`,
    reason,
    hint: `correct ${file}, or delete it to pack everything that no rule leaves out`,
    cause,
  });
}
