import type { Argument } from './command.ts';

/** The plugin of a host that a command is about. */
export const PLUGIN_ARGUMENT = {
  name: 'plugin',
  summary: 'the name of the plugin',
  required: true,
  missing: 'kplugin list --host <host>\n(shows which plugins a host has)',
} as const satisfies Argument;
