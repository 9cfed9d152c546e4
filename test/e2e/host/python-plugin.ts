import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ZipEntrySpec } from '../../fixtures/make-zip.ts';

const MAIN = new URL('../../fixtures/host-plugin/main.py', import.meta.url);
const WORKAROUND = new URL(
  '../../../templates/python/ekuiper_update_workaround.py',
  import.meta.url,
);

export interface PythonPluginOptions {
  /** With the workaround that the Python template brings (docs/ekuiper.md#workaround-in-the-plugin). */
  readonly workaround?: boolean;
  readonly version?: string;
  /** `sources/<name>_src.yaml` and `.json`. */
  readonly yaml?: string;
  readonly json?: string;
}

/** The package of test/fixtures/host-plugin under a name of its own: `<name>_src`, `_snk`, `_two`, `_three`. */
export async function pythonPlugin(
  name: string,
  options: PythonPluginOptions = {},
): Promise<ZipEntrySpec[]> {
  const manifest = {
    version: options.version ?? '1.0.0',
    language: 'python',
    executable: 'main.py',
    sources: [`${name}_src`],
    sinks: [`${name}_snk`],
    functions: [`${name}_two`, `${name}_three`],
  };
  const text = async (url: URL): Promise<string> => readFile(fileURLToPath(url), 'utf8');
  const workaround = { name: 'ekuiper_update_workaround.py', text: await text(WORKAROUND) };
  const json = { name: `sources/${name}_src.json`, text: options.json ?? '' };
  return [
    { name: `${name}.json`, text: JSON.stringify(manifest) },
    { name: 'main.py', text: await text(MAIN), mode: '755' },
    { name: 'sources/', dir: true },
    { name: `sources/${name}_src.yaml`, text: options.yaml ?? 'default:\n  count: 3\n' },
    ...(options.json === undefined ? [] : [json]),
    ...(options.workaround ? [workaround] : []),
  ];
}
