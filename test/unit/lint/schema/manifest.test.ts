import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { lintPlugin } from '../../../../src/lint/lint.ts';
import { validateManifest } from '../../../../src/lint/schema/validators.generated.js';
import { parseGoJson } from '../../../../src/model/json/parse.ts';
import { decodeManifest, launchProblem } from '../../../../src/model/plugin/manifest.ts';
import { memoryView } from '../memory-view.ts';

const GOOD = { version: '1.0.0', language: 'python', executable: 'main.py', sinks: ['psnk'] };

async function severities(manifest: object): Promise<Set<string>> {
  const files = { 'probe.json': JSON.stringify(manifest), 'main.py': 'x', 'sources/s.yaml': '' };
  const findings = await lintPlugin(memoryView({ files }), { target: '2.4' });
  const own = findings.filter(
    ({ file, rule }) => file === 'probe.json' && !/^symbol-file|^function/.test(rule),
  );
  return new Set(own.map(({ severity }) => severity));
}

/** Whether eKuiper takes and starts it, by its own check. */
function isTaken(manifest: object): boolean {
  const json = parseGoJson(JSON.stringify(manifest));
  const decoded = json.ok ? decodeManifest(json.root, 'probe') : null;
  return decoded?.ok === true && launchProblem(decoded.info) === null;
}

test.each<[object, boolean]>([
  [{}, true],
  [{ $schema: 'x', name: 'probe', env: null, sources: null }, true],
  [{ sinks: [] }, false],
  [{ language: 'Python' }, false],
  [{ version: 1 }, false],
  [{ executable: '' }, false],
  [{ virtualEnvType: 'venv' }, false],
  [{ virtualEnvType: 'conda' }, false],
  [{ virtualEnvType: 'conda', env: 'e' }, true],
  [{ sinks: [''] }, false],
  [{ sinks: ['a', 'a'] }, false],
  [{ virtual_env_type: 'conda' }, false],
])('the schema and the rules agree about %j', async (change, fits) => {
  const manifest = { ...GOOD, ...change };
  expect(validateManifest(manifest)).toBe(fits);
  const said = await severities(manifest);
  expect(said.has('error') || said.has('warning')).toBe(!fits);
});

it('what eKuiper refuses is an error, whatever the manifest', async () => {
  const texts = fc.constantFrom(
    null,
    '',
    'go',
    'python',
    'main.py',
    'probe',
    'conda',
    1,
    true,
    {},
    ['s'],
  );
  const lists = fc.constantFrom(null, [], ['s'], ['psnk'], 'x', [1], {}, [null]);
  const manifests = fc.record(
    {
      name: texts,
      version: texts,
      language: texts,
      executable: texts,
      virtualEnvType: texts,
      env: texts,
      sources: lists,
      sinks: lists,
      functions: lists,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(manifests, async (manifest) => {
      if (!isTaken(manifest)) expect(await severities(manifest)).toContain('error');
    }),
    { numRuns: 300 },
  );
});
