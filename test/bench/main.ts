import { ToolchainMissing } from '../toolchain/require.ts';

/**
 * `npm run bench`: every ratio, one after the other; nothing else should run meanwhile.
 * `npm run bench -- host sdk`: only these.
 */
const BENCHES = ['start', 'validate', 'pack', 'list', 'host', 'sdk', 'million', 'rollout'] as const;

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !BENCHES.some((bench) => bench === name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${BENCHES.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const bench of BENCHES) {
    if (asked.length === 0 || asked.includes(bench)) await run(bench);
  }
}

async function run(bench: string): Promise<void> {
  try {
    await import(`./${bench}.ts`);
  } catch (error) {
    if (!(error instanceof ToolchainMissing)) throw error;
    console.error(`${bench} left out, it needs: ${error.message}`);
  }
}
