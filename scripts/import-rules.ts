import { cruise, format } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { importsIn, mutualFolders } from './stats/imports.ts';

// Part of `npm run lint`: checks the rules of .dependency-cruiser.cjs, and that folders import in one direction only.
// dependency-cruiser can check the latter only for sibling folders, because it counts the imports of subfolders as
// imports of the folder.
const { output } = await cruise(['src'], await extractOptions('./.dependency-cruiser.cjs'));
if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text');
const { output: report } = await format(output, { outputType: 'err' });
process.stdout.write(`${report}`);

// One import in the wrong direction causes a hundred folder cycles; those are listed once it is removed.
const hasErrors = output.summary.error > 0;
const circles = hasErrors ? [] : mutualFolders(importsIn(output));
for (const circle of circles) {
  process.stdout.write(
    `  error folders-import-in-one-direction: ${circle}: what both need belongs into a folder below them\n`,
  );
}
if (hasErrors || circles.length > 0) process.exitCode = 1;
