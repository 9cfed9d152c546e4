import type { PluginSymbol } from '../../../model/symbol.ts';
import type { RuleMeta } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';
import type { PluginRuntime } from './plugin-runtime.ts';

/**
 * Says `start` for a symbol whether the manifest has it or not. Resolves with the plugin's refusal; null when it said
 * `ok`, and then the symbol was stopped again. Throws HostRefusal when the plugin gives no answer.
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

/** The plugin's own words follow; without them there was no answer (portable/runtime/plugin_ins_manager.go). */
function isAnswer({ message }: HostRefusal): boolean {
  return /^receive error: ./.test(message);
}
