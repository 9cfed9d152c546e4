import { expect, test } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import { openZipView } from '../../../src/package/zip-view.ts';
import { pluginOf } from './case.ts';
import { UNPACK_CASES } from './cases.ts';
import { UNSEEN } from './exceptions.ts';
import { recordedAnswers } from './recorded.ts';

const recorded = recordedAnswers();
const accepted = (id: string): boolean => recorded.get(id)?.status === 201;
const casesWhere = (isMeant: (id: string) => boolean) =>
  UNPACK_CASES.filter(({ id }) => isMeant(id)).map((one) => [one.id, one.zip] as const);

async function errorsOf(id: string, zip: Buffer): Promise<string[]> {
  const view = await openZipView(zip, `${pluginOf(id)}.zip`);
  const findings = await lintPlugin(view, { target: '2.4' });
  await view.close();
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, effect }) => `${rule}: ${effect}`);
}

test.each(casesWhere((id) => !accepted(id) && !UNSEEN.has(id)))(
  'eKuiper 2.4.0 refused %s, and so does kplugin validate',
  async (id, zip) => {
    expect(await errorsOf(id, zip)).not.toEqual([]);
  },
);

test.each(casesWhere((id) => UNSEEN.has(id)))(
  'eKuiper 2.4.0 refused %s, which kplugin validate does not know',
  async (id, zip) => {
    expect(await errorsOf(id, zip)).toEqual([]);
  },
);

test.each(casesWhere(accepted))(
  'eKuiper 2.4.0 took %s, and kplugin validate does not say that it refuses it',
  async (id, zip) => {
    const errors = await errorsOf(id, zip);
    expect(errors.filter((error) => error.includes('eKuiper refuses the install'))).toEqual([]);
  },
);
