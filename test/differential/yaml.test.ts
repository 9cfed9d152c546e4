import { it } from 'vitest';
import { readSourceYaml } from '../../src/model/yaml/read.ts';
import { canonical } from './canonical.ts';
import { expectSameAsGo } from './compare.ts';
import { Random } from './random.ts';
import { corpusTexts } from './seeds.ts';
import type { GoAnswer } from './text-oracle.ts';
import { mutateYaml } from './yaml-mutants.ts';
import { YAML_SEEDS } from './yaml-seeds.ts';

const SEED = Number(process.env['KPLUGIN_SEED'] ?? 20261129);
const COUNT = Number(process.env['KPLUGIN_MUTANTS'] ?? 20_000);

/**
 * Ours, in Go's form; null where kplugin says that it does not look so deep. Whole numbers beyond 2^53 are compared as
 * doubles, which is what a host's answer is read as.
 */
function ours(bytes: Uint8Array): GoAnswer | null {
  const { fault, groups } = readSourceYaml(bytes);
  if (fault?.kind === 'limit') return null;
  return fault
    ? { ok: false, message: fault.message }
    : { ok: true, value: canonical(groups ?? {}) };
}

it(`reads ${COUNT} mutants as yaml.v3 does (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const seeds = [...(await corpusTexts(['.yaml', '.yml'])), ...YAML_SEEDS];
  const texts = Array.from({ length: COUNT }, () => mutateYaml(random, seeds));
  await expectSameAsGo({ name: 'yaml', kind: 'y', texts, seed: SEED, ours });
});
