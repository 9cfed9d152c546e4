import { ENCODINGS, type Encoding } from '../model/encoding/encodings.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { fileWord } from '../model/shell-word.ts';
import type { ViewProblem } from '../model/view.ts';
import { encodingNamed } from '../package/zip/name-encoding.ts';

/** The values of `--name-encoding`. */
export const NAME_ENCODINGS: readonly string[] = ENCODINGS.map(({ label }) => label);

/** The encoding of the flag, null without the flag; throws exit 2 for an unknown encoding. */
export function parseNameEncoding(value: string | undefined): Encoding | null {
  if (value === undefined) return null;
  const encoding = encodingNamed(value);
  if (encoding !== null) return encoding;
  throw new KpluginError({
    code: 'encoding-unknown',
    exit: EXIT.usage,
    message: `--name-encoding "${value}" is no encoding that kplugin knows`,
    hint: `use one of ${NAME_ENCODINGS.join(', ')}`,
  });
}

/**
 * The error for entry names whose encoding is not certain: a wrong guess would be written as the name. Null when all
 * names are known.
 */
export function nameRefusal(
  problems: readonly ViewProblem[],
  label: string,
  wanted: Encoding | null,
): KpluginError | null {
  const unread = problems.filter(({ kind }) => kind === 'foreign-name');
  const [first] = unread;
  if (first === undefined) return null;
  if (wanted !== null) return notInIt(first, label, wanted);
  const shown = unread.slice(0, MOST_NAMES).map(({ entry, detail }) => `${entry}: ${detail}`);
  const more = unread.length > MOST_NAMES ? [`and ${unread.length - MOST_NAMES} more`] : [];
  const [best, ...others] = first.encodings ?? [];
  const command = `kplugin pack --from ${fileWord(label)} --name-encoding`;
  const or = others.length > 0 ? `, or with ${others.join(' or ')}` : '';
  return new KpluginError({
    code: 'name-encoding-unknown',
    exit: EXIT.usage,
    message: `it is not clear in which encoding the names in ${label} are; nothing was packed`,
    reason: [...shown, ...more].join('; '),
    hint:
      best === undefined
        ? `${command} <encoding>, one of ${NAME_ENCODINGS.join(', ')}`
        : `${command} ${best}${or}`,
  });
}

/** Number of names shown as examples. */
const MOST_NAMES = 5;

function notInIt({ entry }: ViewProblem, label: string, { name }: Encoding): KpluginError {
  return new KpluginError({
    code: 'name-encoding-wrong',
    exit: EXIT.usage,
    message: `the name ${entry ?? ''} in ${label} cannot be read as ${name}; nothing was packed`,
    reason: `its bytes are no text in ${name}`,
    hint: `leave --name-encoding out to see what the names may be, or use one of ${NAME_ENCODINGS.join(', ')}`,
  });
}
