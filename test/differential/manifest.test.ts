import { it } from 'vitest';
import { parseGoJsonBytes } from '../../src/model/json/bytes.ts';
import { unmarshalPluginInfo } from '../../src/model/plugin/manifest.ts';
import { canonical } from './canonical.ts';
import { expectSameAsGo } from './compare.ts';
import { mutateManifest } from './manifest-mutants.ts';
import { Random } from './random.ts';
import { corpusTexts } from './seeds.ts';
import type { GoAnswer } from './text-oracle.ts';

const SEED = Number(process.env['KPLUGIN_SEED'] ?? 20261129);
const COUNT = Number(process.env['KPLUGIN_MUTANTS'] ?? 10_000);

const SEEDS: readonly string[] = [
  '{"version":"1.0.0","language":"python","executable":"main.py","sources":["a"],"functions":["b"]}',
  '{"name":"probe","language":"go","executable":"p","virtualEnvType":"conda","env":"e","sinks":["c",null]}',
];

function ours(bytes: Uint8Array): GoAnswer {
  const { json } = parseGoJsonBytes(bytes);
  if (!json.ok) return { ok: false, message: json.message };
  const { info, error } = unmarshalPluginInfo(json.root, 'probe');
  return error === null ? { ok: true, value: canonical(info) } : { ok: false, message: error };
}

it(`decodes ${COUNT} mutants of manifests as encoding/json does (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const seeds = [...(await corpusTexts(['.json'])), ...SEEDS];
  const texts = Array.from({ length: COUNT }, () => mutateManifest(random, seeds));
  await expectSameAsGo({
    name: 'manifest',
    kind: 'm',
    texts,
    seed: SEED,
    ours,
    // Not every version of Go names the embedded struct.
    sameRefusal: (go, own) => go.replace('.PluginMeta.', '.') === own.replace('.PluginMeta.', '.'),
  });
});
