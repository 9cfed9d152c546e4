import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { helpPages } from '../src/cli/help.ts';
import { COMMANDS } from '../src/commands/main.ts';
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

// Files of an earlier kplugin's build that this one does not write.
rmSync(path.join(OUT, 'vendor'), { recursive: true, force: true });
for (const name of readdirSync(OUT)) {
  if (name.endsWith('.cache')) rmSync(path.join(OUT, name));
}

// Which module lies in which file: the tests read it to prove what a command does not load.
write('meta.json', JSON.stringify({ outputs: bundles[0].outputs }));

// Help never changes at run time: bin/start.js answers it from here without loading anything else.
write('help.json', JSON.stringify(helpPages(COMMANDS)));

const packages = bundledPackages(bundles);
write('LICENSES.txt', licencesFile(packages));
const self = JSON.parse(readFileSync('package.json', 'utf8'));
write('sbom.cdx.json', billOfMaterials(self, packages, bundles));

// Last: only a build that came to its end counts.
writeBuiltNote('.', sources);
