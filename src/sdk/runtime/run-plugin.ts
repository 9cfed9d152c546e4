import type { PluginDefinition, RunningPlugin } from '../api/plugin.ts';
import { serveControl } from './control.ts';
import type { Environment, Plugin } from './environment.ts';
import { makeLog } from './log.ts';
import { Symbols } from './symbols.ts';

/**
 * The plugin itself, in any environment. Resolves once the host's control socket took the connection; rejects with DialFailed when
 * it does not within `limits.hostMs`.
 */
export async function runPlugin(
  definition: PluginDefinition,
  around: Environment,
): Promise<RunningPlugin> {
  const { name, logLevel = 'info' } = definition;
  const plugin: Plugin = {
    ...around,
    name,
    logOf: (label) => makeLog(around.write, logLevel, `${name} ${label}`),
  };
  const symbols = new Symbols(plugin, definition);
  // Beside the control connection, never before it: a dead server's socket may take its time.
  symbols.workaround();
  try {
    const control = await serveControl(plugin, symbols.answer);
    return { name, stop: () => stopAll(control, symbols) };
  } catch (error) {
    await symbols.close();
    throw error;
  }
}

async function stopAll(control: { close(): void }, symbols: Symbols): Promise<void> {
  control.close();
  await symbols.close();
}
