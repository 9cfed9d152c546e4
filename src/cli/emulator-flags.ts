import type { Flags } from './command.ts';

/** What a plugin that kplugin starts gets to see of this environment. */
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

/** The names under which requests may call this machine. */
export const ALLOW_HOST_FLAG = {
  allowHost: {
    kind: 'list',
    value: 'name',
    summary:
      'also answer requests to this name (Host header), beside addresses, localhost and the name of this machine',
  },
} as const satisfies Flags;
