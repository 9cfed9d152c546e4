import { it } from 'vitest';
import { parseGoJsonBytes } from '../../src/model/json/bytes.ts';
import { overflowIn, plainValue } from '../../src/model/json/node.ts';
import { canonical } from './canonical.ts';
import { expectSameAsGo } from './compare.ts';
import { mutateJson } from './json-mutants.ts';
import { Random } from './random.ts';
import { corpusTexts } from './seeds.ts';
import type { GoAnswer } from './text-oracle.ts';

const SEED = Number(process.env['KPLUGIN_SEED'] ?? 20261129);
const COUNT = Number(process.env['KPLUGIN_MUTANTS'] ?? 20_000);

/** Small texts that use what the corpus does not. */
const SEEDS: readonly string[] = [
  '{"version":"1.0.0","language":"python","executable":"main.py","sources":["a"],"functions":["b"]}',
  '[1,-2.5e3,true,false,null,"a\\u0041\\n",{"b":[[]]},{}]',
  '"text"',
  '12.5',
  'null',
  '{"a":1,"a":2,"A":{"x":1},"":0}',
];

function ours(bytes: Uint8Array): GoAnswer {
  const { json } = parseGoJsonBytes(bytes);
  if (!json.ok) return { ok: false, message: json.message };
  const overflow = overflowIn(json.root);
  return overflow === null
    ? { ok: true, value: canonical(plainValue(json.root)) }
    : { ok: false, message: overflow };
}

it(`reads ${COUNT} mutants as encoding/json does (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const seeds = [...(await corpusTexts(['.json'])), ...SEEDS];
  const texts = Array.from({ length: COUNT }, () => mutateJson(random, seeds));
  await expectSameAsGo({
    name: 'json',
    kind: 'j',
    texts,
    seed: SEED,
    ours,
    // The words are Go's too: findings quote them.
    sameRefusal: (go, own) => go === own,
  });
});
