import { EXIT, KpluginError } from '../../model/error.ts';

export const IGNORE_FILE = '.kpluginignore';
export const CONFIG_FILE = '.kplugin.json';

/** What the project itself says about its package. */
export interface ProjectLists {
  /** The lines of `.kpluginignore`, line ends taken off. */
  readonly ignoreLines: readonly string[];
  /** The allow-list of `.kplugin.json`; null when it has none and everything is taken in. */
  readonly files: readonly string[] | null;
}

/**
 * Reads the project's two lists; both texts may be null (no such file).
 * Throws when `.kplugin.json` is not what it should be: packing something else than meant is worse.
 */
export function projectLists(ignoreText: string | null, configText: string | null): ProjectLists {
  const text = (ignoreText ?? '').replace(/^\uFEFF/, '');
  return {
    ignoreLines: text === '' ? [] : text.split(/\r\n|\n|\r/),
    files: configText === null ? null : allowList(configText),
  };
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
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(reason: string, cause?: unknown): KpluginError {
  return new KpluginError({
    code: 'project-config-invalid',
    exit: EXIT.usage,
    message: `${CONFIG_FILE} of the project cannot be used`,
    reason,
    hint: `mend ${CONFIG_FILE}, or delete it to pack everything that no rule leaves out`,
    cause,
  });
}
