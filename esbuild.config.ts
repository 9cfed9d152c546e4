import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { buildSdk } from './sdk.config.ts';
import { helpPages } from './src/cli/help.ts';
import { COMMANDS } from './src/cli/table.ts';
import { writeValidators } from './validators.config.ts';

const OUT = 'dist';
const VENDOR = `${OUT}/vendor`;

/** Packages that only some commands need, each in a file of its own; the value is what their file exports. */
const LAZY: Readonly<Record<string, string>> = {
  '@fastify/busboy': "require('@fastify/busboy')",
  archiver: "require('archiver')",
  chalk: "require('chalk')",
  chokidar: "require('chokidar')",
  diff: "require('diff')",
  inquirer: "require('inquirer').default",
  jose: "require('jose')",
  undici: "require('undici')",
  yaml: "require('yaml')",
  yauzl: "require('yauzl')",
};

/**
 * CommonJS, because Node compiles one such file lazily and at once, where the same code as a dozen ES modules
 * costs a command a third of its time.
 */
const SHARED: BuildOptions = {
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  legalComments: 'none',
  outExtension: { '.js': '.cjs' },
  // Lazy chunks are CommonJS too, and quicker when they are required.
  supported: { 'dynamic-import': false },
};

const fileOf = (name: string): string => `${name.replace(/^@.*\//, '')}.cjs`;

const vendored: Plugin = {
  name: 'vendored',
  setup({ onResolve }) {
    for (const name of Object.keys(LAZY)) {
      const filter = new RegExp(`^${name}$`);
      onResolve({ filter }, () => ({ path: `./vendor/${fileOf(name)}`, external: true }));
    }
  },
};

function buildVendor([name, exported]: [string, string]) {
  return build({
    ...SHARED,
    metafile: true,
    stdin: { contents: `module.exports = ${exported};`, resolveDir: '.', sourcefile: 'vendor.cjs' },
    outfile: path.posix.join(VENDOR, fileOf(name)),
  });
}

function buildOwn() {
  return build({
    ...SHARED,
    metafile: true,
    entryPoints: { kplugin: 'src/cli/main.ts' },
    outdir: OUT,
    plugins: [vendored],
    define: { 'import.meta.url': '__url' },
    banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
  });
}

writeValidators();
rmSync(path.join(OUT, 'meta.json'), { force: true });
const sdk = buildSdk();
const built = await Promise.all([buildOwn(), ...Object.entries(LAZY).map(buildVendor)]);
const outputs: Metafile['outputs'] = Object.assign({}, ...built.map((one) => one.metafile.outputs));

// Files of an earlier build that this one does not write.
for (const folder of [OUT, VENDOR]) {
  for (const name of readdirSync(folder)) {
    const file = path.posix.join(folder, name);
    if (/\.c?js$/.test(name) && !(file in outputs)) rmSync(file);
  }
}

// Which module lies in which file: the tests read it to prove what a command does not load.
writeFileSync(path.join(OUT, 'meta.json'), JSON.stringify({ outputs }));

// Help never changes at run time: bin/kplugin.js answers it from here without loading anything else.
writeFileSync(path.join(OUT, 'help.json'), JSON.stringify(helpPages(COMMANDS)));

// The bundled packages' licences ask to travel with their code.
const packages = new Set(
  Object.values(outputs)
    .flatMap((output) => Object.keys(output.inputs))
    .map((input) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
    .filter((folder) => folder !== undefined),
);
const licences = [...packages].sort().map((folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return `${folder.replace(/^node_modules\//, '')}\n\n${file ? readFileSync(path.join(folder, file), 'utf8') : ''}`;
});
writeFileSync(path.join(OUT, 'LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));

await sdk;
