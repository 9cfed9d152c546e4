import { type HostExport, parseExport } from '../../../../src/client/exported.ts';
import { type PluginReading, readPlugin } from '../../../../src/package/diff/diff-plugins.ts';
import { openZipView } from '../../../../src/package/zip-view.ts';
import { makeZip } from '../../../fixtures/make-zip.ts';
import { FakeHost } from '../change/fake-host.ts';

/** A fake host with rules. */
export class RuledHost extends FakeHost {
  /** What `/data/export` shows beside registrations and files. */
  shown: object = {};

  override async exported(): Promise<HostExport> {
    const { rules, streams, tables } = parseExport(this.shown);
    return { ...(await super.exported()), rules, streams, tables };
  }
}

export interface TapParts {
  readonly version?: string;
  readonly functions?: readonly string[];
  /** The text of sources/tap_src.yaml. */
  readonly yaml?: string;
  readonly script?: string;
}

/** A package of the plugin `tap` with the source `tap_src`, read as diff reads it. */
export async function tapPackage(parts: TapParts = {}): Promise<PluginReading> {
  const { version = '1.0.0', functions = [], yaml = 'default: {}\n', script } = parts;
  const manifest = {
    version,
    language: 'python',
    executable: './main.py',
    sources: ['tap_src'],
    functions,
  };
  const entries = [
    { name: 'tap.json', text: JSON.stringify(manifest) },
    { name: 'main.py', text: '' },
    { name: 'sources/tap_src.yaml', text: yaml },
    ...(script === undefined ? [] : [{ name: 'install.sh', text: script }]),
  ];
  return readPlugin(await openZipView(makeZip(entries), 'tap.zip'), 'after');
}

/** The name under which kplugin would upload it. */
export function tapUpload({ summary }: PluginReading): string {
  return `tap-${summary.facts.version}-${summary.contentDigest?.slice(0, 8)}.zip`;
}
