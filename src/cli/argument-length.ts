import { EXIT, KpluginError } from '../model/error.ts';
import { SECRETS } from './secret-variables.ts';

/** No path on Linux is longer, and no name or address that is given to kplugin. */
const LONGEST = 4096;

/**
 * Throws (exit 2) when an argument, or a variable that stands for a flag, is longer than anything that it can mean: else
 * every error would repeat it on the terminal, in full. A list (`--host a,b,c`) may be longer, as its parts are looked
 * at one by one. Secrets may be as long as they like: no error repeats them.
 */
export function refuseLongArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): void {
  const place = argv.findIndex(isTooLong);
  if (place >= 0) throw tooLong(`argument ${place + 1}`, argv[place] ?? '');
  for (const [name, value = ''] of Object.entries(env)) {
    const isOurs = name.startsWith('KPLUGIN_') && !SECRETS.some((one) => one === name);
    if (isOurs && isTooLong(value)) throw tooLong(name, value);
  }
}

function isTooLong(value: string): boolean {
  return value.length > LONGEST && value.split(',').some(({ length }) => length > LONGEST);
}

function tooLong(what: string, { length }: string): KpluginError {
  return new KpluginError({
    code: 'argument-too-long',
    exit: EXIT.usage,
    message: `${what} has ${length} characters`,
    reason: `kplugin takes ${LONGEST} at most, as Linux does for a path`,
    hint: 'give a shorter one',
  });
}
