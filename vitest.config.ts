import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/reporting/closing-line.ts';
import { FaultsLine } from './test/reporting/faults-line.ts';

const project = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...settings },
});

export default defineConfig({
  test: {
    reporters: ['default', new FaultsLine(), new ClosingLine()],
    projects: [
      project('unit'),
      project('cli', { testTimeout: 60_000 }),
      // Real processes, toolchains and sockets in /tmp: one file after the other, with time to build.
      project('e2e', { testTimeout: 120_000, hookTimeout: 300_000, fileParallelism: false }),
      // Broken deployments, in lanes and files of their own plugins: mostly waiting, so several at a time; after all others.
      project('faults', {
        testTimeout: 120_000,
        hookTimeout: 300_000,
        maxWorkers: 3,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
