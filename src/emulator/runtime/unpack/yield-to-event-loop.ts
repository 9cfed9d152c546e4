import { setImmediate as turn } from 'node:timers/promises';
import { HostRefusal } from '../refusal.ts';

/** Yields to the event loop between synchronous steps. Throws HostRefusal when the host closes. */
export async function yieldToEventLoop(signal: AbortSignal): Promise<void> {
  await turn();
  if (signal.aborted) throw new HostRefusal('kplugin ended before the zip was unpacked');
}
