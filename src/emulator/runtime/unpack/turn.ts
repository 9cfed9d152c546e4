import { setImmediate as turn } from 'node:timers/promises';
import { HostRefusal } from '../refusal.ts';

/** Lets signals and requests in between steps that wait for nothing. Throws HostRefusal when the host closes. */
export async function takeTurn(signal: AbortSignal): Promise<void> {
  await turn();
  if (signal.aborted) throw new HostRefusal('kplugin ended before the zip was unpacked');
}
