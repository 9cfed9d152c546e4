import { exec } from 'node:child_process';

/** The checks of `npm run lint`, run in parallel. npm puts these programs on the PATH. */
const CHECKS = ['biome check .', 'tsc -p .', 'tsx scripts/import-rules.ts'];

for (const command of CHECKS) {
  exec(command, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
    // The output of each check is printed when it ends, so that outputs do not mix.
    process.stdout.write(`$ ${command}\n${stdout}${stderr}`);
    if (error) process.exitCode = 1;
  });
}
