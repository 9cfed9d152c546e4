import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { TARGET_NAMES } from '../../../src/model/target.ts';
import { openPackage } from '../../../src/package/open/open-package.ts';
import { preparePlan } from '../../../src/package/prepare.ts';
import { planFromZip } from '../../../src/package/repack/plan-from-zip.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import { describeWith } from '../../toolchain/require.ts';
import { sharedFolder } from '../../toolchain/shared.ts';

/** Sentences that eKuiper does something with the package, without an if. */
function claims(findings: readonly Finding[]): string[] {
  if (!findings.some(({ effect }) => effect.startsWith('eKuiper refuses'))) return [];
  return findings
    .flatMap(({ message, effect }) => [message, effect])
    .filter((text) => !text.startsWith('If eKuiper'))
    .filter((text) =>
      /\beKuiper (?:on Linux |\d[\w.]* )?(?:unpacks|keeps|writes|makes|takes|deletes|installs|runs)\b/.test(
        text,
      ),
    );
}

async function expectNoClaims(zip: string | Buffer): Promise<number> {
  let refused = 0;
  for (const target of TARGET_NAMES) {
    const view = await openPackage(zip, 'x.zip');
    const findings = await lintPlugin(view, { target });
    const plan = await planFromZip(view);
    const repacked = (await preparePlan(plan, { target, label: 'x.zip' })).findings;
    await view.close();
    expect([...claims(findings), ...claims(repacked)], target).toEqual([]);
    if ([...findings, ...repacked].some(({ effect }) => effect.startsWith('eKuiper refuses')))
      refused += 1;
  }
  return refused;
}

test('a clash that some refuse, beside one that they take, is told in one voice by validate and by pack --from', async () => {
  const zip = makeZip([
    {
      name: 'probe.json',
      text: '{"version":"1","language":"go","executable":"run","functions":["f"]}',
    },
    { name: 'run', text: '#!/bin/sh\n', mode: '755' },
    { name: 'lib', text: 'x' },
    { name: 'lib/', dir: true },
    { name: 'lib/a.py', text: 'y' },
    { name: '.env', text: 'A=1' },
    { name: 'a', text: '', mode: '100600' },
  ]);
  expect(await expectNoClaims(zip)).toBe(TARGET_NAMES.length);
});

await describeWith(
  'zips on which kplugin was wrong',
  () => sharedFolder('cases'),
  (folder) => {
    const zips = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.zip'),
    );

    test('there are some', () => expect(zips.length).toBeGreaterThan(10));

    test.each(zips)('%s', async (file) => {
      await expectNoClaims(path.join(folder, file));
    });
  },
);
