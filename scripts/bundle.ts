import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type OutputFile, transform } from 'esbuild';
import { leftOut } from './left-out.ts';
import { oneSegmentPerLine } from './source-maps.ts';

/** Names stay as in the source, because stack traces show them. */
const SHARED = {
  platform: 'node',
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  sourcesContent: false,
} as const satisfies BuildOptions;

/**
 * Bundles the command line and its packages into CommonJS files below `out`, each with a source map: one file for
 * each module that is loaded dynamically, and shared chunks. A command compiles only what it needs, and Node loads a
 * few CommonJS files in half the time of ES modules, the only format that esbuild splits. @returns which source file
 * is in which output file
 */
export async function bundle(entry: string, out: string): Promise<Metafile> {
  const { outputFiles, metafile } = await build({
    ...SHARED,
    bundle: true,
    splitting: true,
    format: 'esm',
    entryPoints: { kplugin: entry },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    chunkNames: 'parts/[name]-[hash]',
    sourcemap: 'inline',
    metafile: true,
    write: false,
    plugins: [leftOut],
    // The package has two forms; esbuild can tree-shake this one.
    alias: { async: 'async/dist/async.mjs' },
  });
  rmSync(path.join(out, 'parts'), { recursive: true, force: true });
  mkdirSync(path.join(out, 'parts'), { recursive: true });
  await Promise.all(outputFiles.map(writeCommonJs));
  return metafile;
}

async function writeCommonJs({ path: file, text }: OutputFile): Promise<void> {
  const { code, map } = await transform(text, {
    ...SHARED,
    format: 'cjs',
    sourcemap: 'external',
    // The source map of the code that esbuild itself inserts between modules.
    sourcefile: path.basename(file),
    define: { 'import.meta.dirname': '__dirname' },
    supported: { 'dynamic-import': false },
  });
  const name = `${path.basename(file)}.map`;
  writeFileSync(file, `${code}//# sourceMappingURL=${name}\n`);
  writeFileSync(`${file}.map`, oneSegmentPerLine(map));
}
