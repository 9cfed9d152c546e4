import { exec } from 'node:child_process';

/** What `npm run lint` checks, side by side. npm puts these programs on the PATH. */
const CHECKS = ['biome check .', 'tsc -p .', 'tsx scripts/import-rules.ts'];

for (const command of CHECKS) {
  exec(command, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
    // In one piece each, whoever ends first.
    process.stdout.write(`$ ${command}\n${stdout}${stderr}`);
    if (error) process.exitCode = 1;
  });
}
