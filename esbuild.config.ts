import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './scripts/bundle.ts';
import { billOfMaterials, bundledPackages, licencesFile } from './scripts/bundled-packages.ts';
import { buildSdk } from './sdk.config.ts';
import { helpPages } from './src/cli/help.ts';
import { COMMANDS } from './src/cli/table.ts';
import { writeValidators } from './validators.config.ts';

const OUT = 'dist';
const write = (name: string, text: string) => writeFileSync(path.join(OUT, name), text);

writeValidators();
rmSync(path.join(OUT, 'meta.json'), { force: true });
const [metafile] = await Promise.all([bundle('src/cli/main.ts', OUT), buildSdk()]);

// Files of an earlier kplugin's build that this one does not write.
rmSync(path.join(OUT, 'vendor'), { recursive: true, force: true });
for (const name of readdirSync(OUT)) {
  if (name.endsWith('.cache')) rmSync(path.join(OUT, name));
}

// Which module lies in which file: the tests read it to prove what a command does not load.
write('meta.json', JSON.stringify({ outputs: metafile.outputs }));

// Help never changes at run time: bin/start.js answers it from here without loading anything else.
write('help.json', JSON.stringify(helpPages(COMMANDS)));

const packages = bundledPackages(metafile);
write('LICENSES.txt', licencesFile(packages));
const self = JSON.parse(readFileSync('package.json', 'utf8'));
write('sbom.cdx.json', billOfMaterials(self, packages));
