import { EXIT, KpluginError } from '../model/error.ts';
import { SECRETS } from './secret-variables.ts';

/** The length limit of a path on Linux (PATH_MAX); no name or address that kplugin takes is longer. */
const LONGEST = 4096;

/**
 * Throws (exit 2) when an argument, or an environment variable for a flag, is longer than {@link LONGEST}: else error
 * messages would repeat all of it. A comma-separated list may be longer, but each of its items may not. Variables with
 * secrets have no limit, because no error repeats them.
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
