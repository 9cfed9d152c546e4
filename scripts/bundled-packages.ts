import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { isLeftOut } from './left-out.ts';

/** A package of npm that has code in what is published. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of its package.json. */
  readonly license: string;
  /** The whole text that has to travel with the code. */
  readonly text: string;
}

/** The packages that files of the bundle come from, by name and version. Throws where one has no licence or its text. */
export function bundledPackages({ outputs }: Metafile): readonly BundledPackage[] {
  const folders = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !isLeftOut(file))
    .map(([file]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)]
    .map(readPackage)
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json must name the package, its version and its license`);
  }
  return { name, version, license, text: licenceText(folder) };
}

/** What its licence files hold; without one, the section of its README. */
function licenceText(folder: string): string {
  const files = readdirSync(folder).sort();
  const texts = files
    .filter((name) => /^(licen[cs]e|copying|notice)\b/i.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const readme = files.find((name) => /^readme\b/i.test(name));
  const section =
    readme &&
    /^#+ *licen[cs]e\b.*\n([\s\S]+)/im.exec(readFileSync(path.join(folder, readme), 'utf8'));
  const text = section?.[1]?.trim() ?? '';
  if (!/copyright/i.test(text)) throw new Error(`${folder} has no text of its licence`);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

/** The licences of all packages, as the file that is published beside their code. */
export function licencesFile(packages: readonly BundledPackage[]): string {
  const each = packages.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  return each.join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * What the bundle is made of, as a CycloneDX 1.6 bill of materials: scanners find in it what they would find in
 * `dependencies`. The same build gives the same text: no time and no serial number.
 */
export function billOfMaterials(
  self: { readonly name: string; readonly version: string; readonly license: string },
  packages: readonly BundledPackage[],
): string {
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', ...component(self) } },
    components: packages.map((one) => ({ type: 'library', ...component(one) })),
    dependencies: [
      { ref: purl(self), dependsOn: packages.map(purl) },
      ...packages.map((one) => ({ ref: purl(one) })),
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

interface Named {
  readonly name: string;
  readonly version: string;
}

function component({ name, version, license }: Named & { readonly license: string }) {
  // An expression of one word is the id of a licence.
  const licences = /\s/.test(license) ? { expression: license } : { license: { id: license } };
  const ref = purl({ name, version });
  return { 'bom-ref': ref, name, version, licenses: [licences], purl: ref };
}

/** Source: package-url, type npm: the scope's @ is written %40. */
function purl({ name, version }: Named): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}
