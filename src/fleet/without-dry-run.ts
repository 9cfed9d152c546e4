import type { Context } from '../cli/context.ts';
import { isUrl, sourceLabel } from '../model/package-source.ts';
import { shellWord } from '../model/shell-word.ts';

const FLAG = '--dry-run';

/**
 * The command that was typed, as it does its work: quoted for a shell, without `--dry-run` or the variable in its place.
 * A URL with what may be a secret is left to the reader.
 */
export function withoutDryRun({ argv }: Pick<Context, 'argv'>): string {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const words = argv.filter((word, at) => word !== FLAG || at > end);
  const set = words.length === argv.length ? ['env', '-u', 'KPLUGIN_DRY_RUN'] : [];
  return [...set, 'kplugin', ...words.map(wordOf)].join(' ');
}

function wordOf(word: string): string {
  return isUrl(word) && sourceLabel(word) !== word ? '<url>' : shellWord(word);
}
