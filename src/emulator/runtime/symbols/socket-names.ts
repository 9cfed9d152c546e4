import { join } from 'node:path';
import type { RuleMeta } from '../contract.ts';
import { HostRefusal } from '../refusal.ts';

/**
 * Where the rows of a source or to a sink go (docs/wire.md#sockets). Throws HostRefusal for names that are no file
 * names.
 */
export function dataPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}`)}.ipc`);
}

/** Where a sink's acknowledgements go. */
export function ackPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}_ack`)}.ipc`);
}

/** Where a function is called. */
export function functionPath(folder: string, symbol: string): string {
  return join(folder, `${fileName(`func_${symbol}`)}.ipc`);
}

function fileName(name: string): string {
  if (!/[/\0]/.test(name)) return name;
  throw new HostRefusal(
    `invalid name ${name}: it names a socket, and "/" cannot be part of a file's name`,
  );
}
