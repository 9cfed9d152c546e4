import { cruise, format } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { importsIn, mutualFolders } from './stats/imports.ts';

// Part of `npm run lint`: the rules of .dependency-cruiser.cjs, and that folders import in one direction, which a rule
// of dependency-cruiser sees only between neighbours: for it a folder holds what its subfolders import too.
const { output } = await cruise(['src'], await extractOptions('./.dependency-cruiser.cjs'));
if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text');
const { output: report } = await format(output, { outputType: 'err' });
process.stdout.write(`${report}`);

// One import upwards closes a hundred circles of folders; those are read once it is gone.
const hasErrors = output.summary.error > 0;
const circles = hasErrors ? [] : mutualFolders(importsIn(output));
for (const circle of circles) {
  process.stdout.write(
    `  error folders-import-in-one-direction: ${circle}: what both need belongs into a folder below them\n`,
  );
}
if (hasErrors || circles.length > 0) process.exitCode = 1;
