import type { RuleMeta } from '../api/context.ts';
import type { Plugin } from './environment.ts';

/** The data socket of a source or sink; with `_ack` that of its acknowledgements (docs/wire.md#sockets). */
export function dataPath(plugin: Plugin, rule: RuleMeta, suffix: '' | '_ack' = ''): string {
  return `${plugin.socketFolder}/${rule.ruleId}_${rule.opId}_${rule.instanceId}${suffix}.ipc`;
}
