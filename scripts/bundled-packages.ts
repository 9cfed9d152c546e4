import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** An npm package that has code in the published bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression from its package.json. */
  readonly license: string;
  /** The licence text that must be distributed with the code. */
  readonly text: string;
  /** Its directory: `node_modules/yauzl`. */
  readonly folder: string;
}

/**
 * The npm packages with code in the bundles, sorted by name and version. Throws when a package has no licence or no
 * licence text.
 */
export function bundledPackages(bundles: readonly Metafile[]): readonly BundledPackage[] {
  const folders = bundles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => packageFolder(file))
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)]
    .map(readPackage)
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** The directory of the package that a file belongs to; undefined for our own files. */
export function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json must name the package, its version and its license`);
  }
  return { name, version, license, text: licenceText(folder), folder };
}

/** The content of its licence files; if there are none, the licence section of its README. */
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

/** The licences of all packages, as the text of the published licence file. */
export function licencesFile(packages: readonly BundledPackage[]): string {
  const each = packages.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  return each.join(`\n${'-'.repeat(80)}\n\n`);
}
