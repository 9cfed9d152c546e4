import { parseDuration } from '../model/duration.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import {
  NEWEST_TARGET,
  TARGET_NAMES,
  type Target,
  targetOfRelease,
  versionIn,
} from '../model/target.ts';
import type { Flags } from './command.ts';
import type { Globals } from './context.ts';

/** The global flags. */
export const GLOBAL_FLAGS = {
  json: { kind: 'switch', summary: 'one JSON envelope on stdout, on success and on failure' },
  quiet: { kind: 'switch', short: 'q', summary: 'print nothing but errors' },
  verbose: { kind: 'switch', summary: 'say more on stderr, with stack traces' },
  noColor: { kind: 'switch', summary: 'no colours (NO_COLOR does the same)', env: false },
  noInput: { kind: 'switch', summary: 'never ask; a missing answer is an error' },
  yes: { kind: 'switch', short: 'y', summary: 'answer yes to every question' },
} as const satisfies Flags;

/** Converts the parsed values of the global flags. */
export function globalsOf(values: Readonly<Record<string, unknown>>): Globals {
  return {
    json: values['json'] === true,
    quiet: values['quiet'] === true,
    verbose: values['verbose'] === true,
    color: values['noColor'] !== true,
    input: values['noInput'] !== true,
    yes: values['yes'] === true,
  };
}

/** The flag of every command that checks a plugin for one version of eKuiper. */
export const TARGET_FLAG = {
  target: {
    kind: 'value',
    value: 'version',
    summary: `the eKuiper to check for: ${TARGET_NAMES.join(', ')}, or a full version`,
    default: NEWEST_TARGET,
  },
} as const satisfies Flags;

/** `2.4` or `2.4.0` → `2.4`, `2.1.2` → itself; throws exit 2 for an invalid or unknown version. */
export function parseTarget(value: string): Target {
  // Servers report more after a version (`v2.4.0-27-g1a2b`); a list is no version.
  const target = VERSION.test(value) ? targetOfRelease(value) : null;
  if (target !== null && isOfLine(value, target)) return target;
  throw new KpluginError({
    code: 'target-unknown',
    exit: EXIT.usage,
    message:
      target === null
        ? `--target "${value}" is no version of eKuiper`
        : `--target "${value}" is no eKuiper that this kplugin knows`,
    hint: `use one of ${TARGET_NAMES.join(', ')}, or a full version such as 2.3.1`,
  });
}

const VERSION = /^v?\d{1,4}(?:\.\d{1,4}){0,2}(?:[-+][\w.+-]{1,64})?$/;

function isOfLine(value: string, target: Target): boolean {
  const [wanted, line] = [versionIn(value), versionIn(target)];
  return wanted?.[0] === line?.[0] && wanted?.[1] === line?.[1];
}

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

/** `--env`: which environment variables kplugin passes to the plugins that it starts. */
export const PLUGIN_ENV_FLAG = {
  env: {
    kind: 'list',
    value: 'NAME[=value]',
    commas: false,
    env: false,
    summary:
      'pass this variable or value to plugins; else they get only PATH, HOME, locale and the like',
  },
} as const satisfies Flags;

/** `--allow-host`: further names that are accepted in the Host header of requests. */
export const ALLOW_HOST_FLAG = {
  allowHost: {
    kind: 'list',
    value: 'name',
    summary:
      'also answer requests to this name (Host header), beside addresses, localhost and the name of this machine',
  },
} as const satisfies Flags;
