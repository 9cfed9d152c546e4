import type { RuleMeta } from '../api/context.ts';
import type { Plugin } from './environment.ts';

/** Path of the data socket of a source or sink; with `_ack` of its acknowledgements (docs/wire.md#sockets). */
export function dataPath(plugin: Plugin, rule: RuleMeta, suffix: '' | '_ack' = ''): string {
  return `${plugin.socketFolder}/${rule.ruleId}_${rule.opId}_${rule.instanceId}${suffix}.ipc`;
}
