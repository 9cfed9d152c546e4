import type { PluginDefinition, RunningPlugin } from './api/plugin.ts';
import { ofProcess } from './process.ts';
import { runPlugin } from './runtime/run-plugin.ts';

/**
 * Runs the plugin in this process until eKuiper ends it: dials the host, starts and stops symbols as it says, logs to stdout and
 * stderr, and ends the process on SIGTERM, on an uncaught error, or when the host is gone. Resolves once the host is there; nobody has
 * to wait for that. One call per process.
 */
export function startPlugin(definition: PluginDefinition): Promise<RunningPlugin> {
  return ofProcess(definition, runPlugin);
}
