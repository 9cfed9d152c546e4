import { changeCalls } from './change-calls.ts';
import type { HostClient } from './host-client.ts';
import { type LineOptions, openLine } from './line.ts';
import { readCalls } from './read-calls.ts';

/** A client over one way to a host; nothing is sent before the first call. */
export function hostClient(options: LineOptions): HostClient {
  const line = openLine(options);
  return {
    address: options.address,
    ...readCalls(line),
    ...changeCalls(line),
    close: () => options.transport.close(),
  };
}
