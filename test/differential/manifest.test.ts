import { expect, it } from 'vitest';
import { parseGoJsonBytes } from '../../src/model/json/bytes.ts';
import { unmarshalPluginInfo } from '../../src/model/plugin-info.ts';
import { canonical } from './canonical.ts';
import { mutateManifest } from './manifest-mutants.ts';
import { Random } from './random.ts';
import { corpusTexts } from './seeds.ts';
import { askGo, type GoAnswer } from './text-oracle.ts';

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

/** Not every version of Go names the embedded struct. */
function words(answer: GoAnswer | undefined): string {
  return answer?.ok === false ? answer.message.replace('.PluginMeta.', '.') : '';
}

it(`decodes ${COUNT} mutants of manifests as encoding/json does (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const seeds = [...(await corpusTexts(['.json'])), ...SEEDS];
  const texts = Array.from({ length: COUNT }, () => mutateManifest(random, seeds));
  const answers = await askGo('m', texts);
  const differing: object[] = [];
  let accepted = 0;
  for (const [place, text] of texts.entries()) {
    const [go, own] = [answers[place], ours(text)];
    if (go?.ok) accepted += 1;
    const same =
      go?.ok && own.ok ? go.value === own.value : !go?.ok && !own.ok && words(go) === words(own);
    if (!same) differing.push({ text: Buffer.from(text).toString('latin1'), go, own });
  }
  process.stdout.write(
    `differential manifest: ${COUNT} mutants, seed ${SEED}, ${accepted} accepted\n`,
  );
  expect({ count: differing.length, first: differing.slice(0, 5) }).toEqual({
    count: 0,
    first: [],
  });
});
