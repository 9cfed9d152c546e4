import type { Argument } from './command.ts';

/** The argument for the name of a plugin on a host. */
export const PLUGIN_ARGUMENT = {
  name: 'plugin',
  summary: 'the name of the plugin',
  required: true,
  missing: 'kplugin list --host <host>\n(shows which plugins a host has)',
} as const satisfies Argument;
