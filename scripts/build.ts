import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { helpPages } from '../src/cli/help.ts';
import { allCommands } from '../src/commands/table.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { noteOfSources, writeBuiltNote } from './built-note.ts';
import { bundle } from './bundle.ts';
import { bundledPackages, licencesFile } from './bundled-packages.ts';
import { buildSdk } from './sdk.ts';
import { writeValidators } from './validators.ts';

const OUT = 'dist';
const write = (name: string, text: string) => writeFileSync(path.join(OUT, name), text);

rmSync(path.join(OUT, 'meta.json'), { force: true });
writeValidators();
const sources = noteOfSources('.');
const bundles = await Promise.all([bundle('src/commands/main.ts', OUT), buildSdk()]);

// Files of earlier builds that this build does not write.
rmSync(path.join(OUT, 'vendor'), { recursive: true, force: true });
for (const name of readdirSync(OUT)) {
  if (name.endsWith('.cache')) rmSync(path.join(OUT, name));
}

// Maps each output file to its modules: the tests read it to check what a command does not load.
write('meta.json', JSON.stringify({ outputs: bundles[0].outputs }));

// Help texts are fixed at build time: bin/start.js prints them from this file without loading anything else.
write('help.json', JSON.stringify(helpPages(await allCommands())));

const packages = bundledPackages(bundles);
write('LICENSES.txt', licencesFile(packages));
const self = JSON.parse(readFileSync('package.json', 'utf8'));
write('sbom.cdx.json', billOfMaterials(self, packages, bundles));

// Written last, so that an interrupted build does not count as built.
writeBuiltNote('.', sources);
