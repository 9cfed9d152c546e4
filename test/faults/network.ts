import { describe } from 'vitest';
import { casesOf, type Operation, record } from './matrix.ts';
import { playCases } from './playing.ts';

/** Tests that an operation survives a network, a proxy or a host that breaks any of its requests. */
export async function describeNetwork(prefix: string, operation: Operation): Promise<void> {
  const recorded = await record(operation);
  describe('a network, a proxy or a host that breaks requests', () => {
    playCases(prefix, casesOf(operation, recorded));
  });
}
