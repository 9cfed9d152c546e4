import type { Metafile } from 'esbuild';
import { type BundledPackage, packageFolder } from './bundled-packages.ts';

interface Named {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The `repository`, `bugs` and `homepage` of a package.json. */
interface Self extends Named {
  readonly description: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
}

/**
 * A CycloneDX 1.6 bill of materials of the bundled packages: vulnerability scanners find in it what they would find
 * in `dependencies`, and which package needs which. Contains no time and no serial number, so the same build gives
 * the same text.
 */
export function billOfMaterials(
  self: Self,
  packages: readonly BundledPackage[],
  bundles: readonly Metafile[],
): string {
  const needed = neededBy(packages, bundles);
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        ...component(self),
        description: self.description,
        externalReferences: [
          { type: 'website', url: self.homepage },
          { type: 'vcs', url: self.repository.url },
          { type: 'issue-tracker', url: self.bugs.url },
        ],
      },
    },
    components: packages.map((one) => ({ type: 'library', ...component(one) })),
    dependencies: [
      { ref: purl(self), dependsOn: needed(undefined) },
      ...packages.map((one) => ({ ref: purl(one), dependsOn: needed(one.folder) })),
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/** Returns the packages that the files of each folder import, by purl; the key for our own files is our own purl. */
function neededBy(packages: readonly BundledPackage[], bundles: readonly Metafile[]) {
  const byFolder = new Map(packages.map((one) => [one.folder, purl(one)]));
  const inputs = new Map(bundles.flatMap((bundle) => Object.entries(bundle.inputs)));

  /** A package that only re-exports (`export … from`) is not in the bundle; the packages that it re-exports are. */
  const reach = (file: string, seen: Set<string>): readonly string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return (inputs.get(file)?.imports ?? []).flatMap(({ path }) => {
      const folder = packageFolder(path);
      if (folder === undefined) return [];
      const found = byFolder.get(folder);
      if (found === undefined) return reach(path, seen);
      return folder === packageFolder(file) ? [] : [found];
    });
  };

  return (folder: string | undefined): readonly string[] => {
    const own = [...inputs.keys()].filter((file) => packageFolder(file) === folder);
    return [...new Set(own.flatMap((file) => reach(file, new Set())))].sort();
  };
}

function component({ name, version, license }: Named) {
  // A licence expression of one word is an SPDX id.
  const licences = /\s/.test(license) ? { expression: license } : { license: { id: license } };
  const ref = purl({ name, version });
  return { 'bom-ref': ref, name, version, licenses: [licences], purl: ref };
}

/**
 * Source: package-url specification, type npm: the `@` of a scope is written %40; special characters in a version are
 * percent-encoded.
 */
function purl({ name, version }: Omit<Named, 'license'>): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${encodeURIComponent(version)}`;
}
