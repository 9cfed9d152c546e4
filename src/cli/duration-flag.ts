import { parseDuration } from '../model/duration.ts';
import { EXIT, KpluginError } from '../model/error.ts';

/** The value of a duration flag in milliseconds; throws exit 2 when it is not a duration. */
export function durationFlag(text: string, flag: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new KpluginError({
    code: 'duration-unknown',
    exit: EXIT.usage,
    message: `${flag} "${text}" is no duration`,
    hint: 'write for example 500ms, 10s or 1m',
  });
}
