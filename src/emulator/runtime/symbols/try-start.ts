import type { PluginSymbol } from '../../../model/symbol.ts';
import type { RuleMeta } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';
import type { PluginRuntime } from './plugin-runtime.ts';

/**
 * Sends `start` for a symbol, whether the manifest declares it or not. Resolves to the plugin's refusal; to null when
 * it answered `ok`, after the symbol was stopped again. Throws HostRefusal when the plugin does not answer.
 */
export async function tryStart(
  runtime: PluginRuntime,
  { kind, name }: PluginSymbol,
  meta: RuleMeta,
): Promise<string | null> {
  const control = {
    symbolName: name,
    meta,
    pluginType: kind === 'function' ? 'func' : kind,
  } as const;
  try {
    await runtime.start(control);
  } catch (error) {
    if (error instanceof HostRefusal && isAnswer(error)) return error.message;
    throw error;
  }
  await runtime.stop(control).catch(() => undefined);
  return null;
}

/** The plugin's own text follows; without it there was no answer (portable/runtime/plugin_ins_manager.go). */
function isAnswer({ message }: HostRefusal): boolean {
  return /^receive error: ./.test(message);
}
