import path from 'node:path';
import { importsOfSources, loadedBy, mutualFolders, singleImporters } from './stats/imports.ts';
import { isGenerated, lineCount } from './stats/lines.ts';
import { replacedWords } from './stats/words.ts';

// `npm run stats` prints the size of the project and figures about its imports; `-- --all` lists what was counted.
const imports = await importsOfSources();
const files = [...imports.keys()].filter((file) => !isGenerated(file));
const single = singleImporters(imports).filter((file) => !isGenerated(file));
const pairs = mutualFolders(imports);
const words = replacedWords();

const rows: readonly (readonly [what: string, count: number, which: readonly string[]])[] = [
  ['source lines without generated', lineCount(files), []],
  ['source files', files.length, []],
  ['  with one importer, in the same folder', single.length, single],
  ...['list', 'pack', 'install', 'validate'].map((command) => {
    const loaded = loadedBy(imports, command);
    return [`modules loaded by ${command}`, loaded.length, []] as const;
  }),
  ['folder pairs that import each other', pairs.length, pairs],
  ['words to be replaced', words.length, words],
];

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, count, which] of rows) {
  process.stdout.write(`${what.padEnd(width)}  ${count}\n`);
  if (process.argv.includes('--all')) {
    for (const one of which) process.stdout.write(`    ${path.posix.normalize(one)}\n`);
  }
}
