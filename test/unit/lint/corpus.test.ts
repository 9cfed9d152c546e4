import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lintPlugin } from '../../../src/lint/lint.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { describeWith } from '../../toolchain/require.ts';
import { sharedFolder } from '../../toolchain/shared.ts';
import { memoryView } from './memory-view.ts';

const errors = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ file, rule }) => `${file} ${rule}`);

await describeWith(
  'real configuration files',
  () => sharedFolder('corpus'),
  (corpus) => {
    it.each([
      [
        'etc',
        [
          'sources/redisSub.json source-properties-shape',
          'sources/websocket.json source-properties-shape',
        ],
      ],
      ['extensions', []],
    ])('%s has no errors but the known ones', async (folder, expected) => {
      const files = filesIn(path.join(corpus, folder));
      const view = memoryView({ files: { ...files, ...pluginAround(files) } });
      expect(errors(await lintPlugin(view, { target: '2.4' }))).toEqual(expected);
    });

    it('portable/mirror lacks only its executable', async () => {
      const view = memoryView({
        files: filesIn(path.join(corpus, 'portable/mirror')),
        label: 'mirror',
      });
      const findings = await lintPlugin(view, { target: '2.4' });
      expect(errors(findings)).toEqual(['mirror.json executable-not-packed']);
    });

    it('portable/pysam is warned of its missing properties, and of no error', async () => {
      const files = { ...filesIn(path.join(corpus, 'portable/pysam')) };
      const findings = await lintPlugin(memoryView({ files, label: 'pysam' }), { target: '2.4' });
      const said = findings.filter(({ file }) => file === 'sources/pyjson.json');
      expect(said.map(({ rule, severity }) => [rule, severity])).toContainEqual([
        'source-properties-missing',
        'warning',
      ]);
      expect(errors(findings).filter((line) => !line.startsWith('pysam.json '))).toEqual([]);
    });
  },
);

/** A manifest that declares every symbol of the files, and its program. */
function pluginAround(files: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  const named = (folder: string): string[] =>
    Object.keys(files)
      .filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.json'))
      .map((file) => path.basename(file, '.json'));
  const yamls = named('sources').map((name) => [`sources/${name}.yaml`, 'default: {}\n'] as const);
  return {
    ...Object.fromEntries(yamls.filter(([file]) => !(file in files))),
    'real.json': JSON.stringify({
      version: '1.0.0',
      language: 'python',
      executable: 'main.py',
      sources: named('sources'),
      sinks: named('sinks'),
      functions: named('functions'),
    }),
    'main.py': 'print()\n',
  };
}

function filesIn(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names.map((name) => [
      path.relative(folder, name).split(path.sep).join('/'),
      readFileSync(name),
    ]),
  );
}
