import { describe } from 'vitest';
import { casesOf, OPERATIONS, record } from './matrix.ts';
import { playCases } from './playing.ts';

const operations = await Promise.all(
  OPERATIONS.map(async (operation) => ({ operation, recorded: await record(operation) })),
);

describe('a network, a proxy or a host that breaks requests', () => {
  playCases(
    'kpfn',
    operations.flatMap(({ operation, recorded }) => casesOf(operation, recorded)),
  );
});
