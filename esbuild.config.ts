import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { helpPages } from './src/cli/help.ts';
import { COMMANDS } from './src/cli/table.ts';
import { writeValidators } from './validators.config.ts';

const OUT = 'dist';

writeValidators();

/** Bundles src/ for the published package: one entry, heavy commands as lazy chunks. */
const { metafile } = await build({
  entryPoints: { kplugin: 'src/cli/main.ts' },
  outdir: OUT,
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  legalComments: 'none',
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

// Old chunks go after the new ones are there, so that a kplugin running meanwhile still finds its own.
const current = new Set([
  ...Object.keys(metafile.outputs).map((file) => path.basename(file)),
  'meta.json',
]);
for (const file of readdirSync(OUT)) if (!current.has(file)) rmSync(path.join(OUT, file));

// Which module lies in which chunk: the tests read it to prove what a command does not load.
writeFileSync(path.join(OUT, 'meta.json'), JSON.stringify(metafile));

// Help never changes at run time: bin/kplugin.js answers it from here without loading anything else.
writeFileSync(path.join(OUT, 'help.json'), JSON.stringify(helpPages(COMMANDS)));

// The bundled packages' licences ask to travel with their code.
const packages = new Set(
  Object.values(metafile.outputs)
    .flatMap((output) => Object.keys(output.inputs))
    .map((input) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
    .filter((folder) => folder !== undefined),
);
const licences = [...packages].sort().map((folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return `${folder.replace(/^node_modules\//, '')}\n\n${file ? readFileSync(path.join(folder, file), 'utf8') : ''}`;
});
writeFileSync(path.join(OUT, 'LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
