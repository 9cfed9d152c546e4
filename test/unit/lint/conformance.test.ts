import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import { TARGET_NAMES, TARGETS } from '../../../src/model/target.ts';
import { describeWith } from '../../toolchain/require.ts';
import { sharedFolder } from '../../toolchain/shared.ts';
import { recordedZips } from './recorded-zips.ts';

/** Answered 201, and still an error for us: it harms, or the plugin cannot work. */
const ACCEPTED_ALL_THE_SAME: Readonly<Record<string, readonly string[]>> = {
  'zip.symlink': ['symlink-entry'],
  'zip.slip': ['entry-escapes'],
  'man.venv': ['virtual-env-unsupported'],
  'man.conda.noenv': ['conda-without-env'],
  'go.noexecbit': ['not-executable'],
  'go.fat': ['not-executable'],
  'run.wrongname': ['program-name-mismatch'],
  'meta.src.noabout': ['metadata-about-missing', 'source-properties-missing'],
  'yaml.broken': ['yaml-syntax'],
};

/** Refused for what only running it shows: the program's behaviour, the machine, the script. */
const ONLY_RUNNING_TELLS = ['run.dies', 'run.silent', 'man.conda', 'install.fails', 'failed.files'];

await describeWith(
  'what six real servers answered',
  () => sharedFolder('conformance'),
  (folder) => {
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

    for (const target of TARGET_NAMES) {
      const cases = recordedZips(read('cases.json'), read(`recorded-${TARGETS[target]}.json`));

      test.each(cases)(`${target}: $name`, async ({ name, view, status, words }) => {
        const findings = await lintPlugin(view, { target });
        const errors = findings.filter(({ severity }) => severity === 'error');
        const heard = findings.filter(({ severity }) => severity !== 'info');
        const said = heard.map(({ effect }) => effect.replaceAll("'", '"')).join('\n');
        if (ONLY_RUNNING_TELLS.includes(name)) expect(errors).toEqual([]);
        else if (status === 400) expect(said).toContain(words);
        else {
          const allowed = ACCEPTED_ALL_THE_SAME[name] ?? [];
          expect(errors.map(({ rule }) => rule).filter((rule) => !allowed.includes(rule))).toEqual(
            [],
          );
        }
      });
    }
  },
);
