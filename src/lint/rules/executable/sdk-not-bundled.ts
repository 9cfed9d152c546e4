import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake } from '../../engine/words.ts';
import { nodeProgramOf } from '../../executable/program.ts';

const ASKS = /(?:\brequire\s{0,99}\(|\bfrom|\bimport(?:\s{0,99}\()?)\s{0,99}(["'])kplugin\/sdk\1/;

export const sdkNotBundled: Rule = {
  id: 'sdk-not-bundled',
  severity: 'error',
  explanation: {
    means:
      'The program asks for kplugin/sdk when it runs, and the package has no node_modules/kplugin.',
    why:
      'eKuiper unpacks the zip and starts the program; nobody runs npm install there. Node finds no package and ends ' +
      'at the first line that asks for one. The build of kplugin init puts the SDK into the program.',
    issues: [],
    bad: "#!/usr/bin/env node\nconst { startPlugin } = require('kplugin/sdk');",
    good: 'esbuild src/main.ts --bundle --platform=node --format=cjs --outfile=probe',
  },
  async check(subject): Promise<Report[]> {
    const program = await nodeProgramOf(subject);
    const asks = program && ASKS.exec(program.text);
    if (!program || !asks) return [];
    const packed = subject.view.entries.some(({ path }) =>
      /(^|\/)node_modules\/kplugin\//.test(path),
    );
    if (packed) return [];
    return [
      {
        file: program.path,
        message: 'The program asks for kplugin/sdk when it runs, and the package does not hold it',
        effect: failsHandshake(subject, 'Node ends with "Cannot find module \'kplugin/sdk\'"'),
        hint: 'Bundle it: esbuild with --bundle and without --packages=external or --external:kplugin',
      },
    ];
  },
};
