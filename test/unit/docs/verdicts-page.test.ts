import { expect, test } from 'vitest';
import { verdictsPage } from '../../verdicts/page.ts';
import { SAMPLES } from '../../verdicts/samples/index.ts';
import { readTruths } from '../../verdicts/truth/truth.ts';

test('docs/verdicts.md shows what was recorded (npx tsx test/verdicts/page.ts)', async () => {
  const { is, wanted } = await verdictsPage();
  expect(is).toBe(wanted);
});

test('every plugin was asked of all four servers, and no answer is left of a plugin that is gone', async () => {
  const ids = SAMPLES.map(({ id }) => id).sort();
  const truths = await readTruths();
  expect([...truths.keys()]).toEqual(['1.14.7', '2.0.8', '2.2.5', '2.4.0']);
  for (const [version, of] of truths) expect([...of.keys()].sort(), version).toEqual(ids);
});
