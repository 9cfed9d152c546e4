import { join } from 'node:path';
import type { RuleMeta } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';

/**
 * The path of the data socket of a source or sink (docs/wire.md#sockets). Throws HostRefusal for names that cannot be
 * file names.
 */
export function dataPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}`)}.ipc`);
}

/** The path of a sink's acknowledgement socket. */
export function ackPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}_ack`)}.ipc`);
}

/** The path of a function's socket. */
export function functionPath(folder: string, symbol: string): string {
  return join(folder, `${fileName(`func_${symbol}`)}.ipc`);
}

function fileName(name: string): string {
  if (!/[/\0]/.test(name)) return name;
  throw new HostRefusal(
    `invalid name ${name}: it names a socket, and "/" cannot be part of a file's name`,
  );
}
