import type { Flags } from './command.ts';

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
