import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import ts from 'typescript';

const FROM = 'src/sdk';
const TO = 'dist/sdk';
/** What plugins import: `kplugin/sdk`, `kplugin/sdk/testing`. */
const ENTRIES = ['index.ts', 'testing.ts'];

/**
 * Builds the SDK: one ES module for each entry, not minified (the plugin's own bundler does that), and its type
 * declarations.
 */
export async function buildSdk(): Promise<Metafile> {
  rmSync(TO, { recursive: true, force: true });
  const { metafile } = await build({
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    entryPoints: ENTRIES.map((file) => path.posix.join(FROM, file)),
    outdir: TO,
    chunkNames: 'shared',
    metafile: true,
  });
  const written = new Set<string>();
  for (const file of ENTRIES) writeTypes(file, written);
  return metafile;
}

/** Writes the declarations of a file and of the files that it imports. */
function writeTypes(file: string, written: Set<string>): void {
  if (written.has(file)) return;
  written.add(file);
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(
    readFileSync(path.join(FROM, file), 'utf8'),
    { fileName: file, compilerOptions: { isolatedDeclarations: true } },
  );
  for (const { messageText } of diagnostics) throw new Error(`${FROM}/${file}: ${messageText}`);
  const target = path.join(TO, file.replace(/\.ts$/, '.d.ts'));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, outputText.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  for (const [, needed = ''] of outputText.matchAll(/from '(\.[^']*)'/g)) {
    writeTypes(path.posix.join(path.posix.dirname(file), needed), written);
  }
}
